import { languagesOfWish } from "../intake/asks-for-person.ts";
import { languages } from "../intake/language/languages.ts";
import { readingOf } from "../intake/reading.ts";
import { type BotLanguage, botLanguageOf } from "./phrases/phrases-for.ts";

type Hints = { spokenBefore: string | null; ofPerson: string | null; ofCompany: string };

/** In which language to answer: the one the messages are surely written in; of several that they may be in the one spoken before, the person's, the company's. */
export function languageOf(texts: string[], { spokenBefore, ofPerson, ofCompany }: Hints): BotLanguage {
  const hints = [spokenBefore, ofPerson, ofCompany].map(botLanguageOf).filter((hint) => hint !== undefined);
  const wish = languagesOfPersonWish(texts);
  const likely = wish.length > 0 ? wish : likelyLanguages(texts.join("\n"));
  if (likely.length === 1 && likely[0]) return likely[0];
  return hints.find((hint) => likely.includes(hint)) ?? wish[0] ?? likely[0] ?? hints[0] ?? "en";
}

/** "Mitarbeiter" is German, though no small word tells it; "agent" is written by speakers of every language. */
function languagesOfPersonWish(texts: string[]): BotLanguage[] {
  const languages = languagesOfWish(texts.at(-1) ?? "").flatMap((code) => botLanguageOf(code) ?? []);
  return languages.length > 1 && languages.includes("en") ? [] : languages;
}

function likelyLanguages(text: string): BotLanguage[] {
  const { spoken } = readingOf(text);
  return languages.flatMap(({ code }, index) => {
    const language = botLanguageOf(code);
    return language !== undefined && (spoken >> index) & 1 ? [language] : [];
  });
}
