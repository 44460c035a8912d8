import { stopLanguages } from "./stop-languages.ts";

/** Our one answer to a stop or start word, in the first of these languages that we speak. */
export function confirmationText(action: "stop" | "start", languages: (string | null)[]): string {
  const spoken = languages.flatMap((tag) => {
    const code = tag?.toLowerCase().split(/[-_]/)[0];
    return stopLanguages.find((language) => language.code === code) ?? [];
  });
  const [language = english] = spoken;
  return action === "stop" ? (language?.stopped ?? "") : (language?.started ?? "");
}

const english = stopLanguages.find(({ code }) => code === "en");
