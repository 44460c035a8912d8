import type { StopWord } from "./read-stop-word.ts";

export type Speaker = {
  ofPerson: string | null;
  /** What the bot speaks with them. */
  ofConversation: string | null;
  country: string | null;
  ofCompany: string | null;
};

export const unknownSpeaker: Speaker = { ofPerson: null, ofConversation: null, country: null, ofCompany: null };

/** Countries whose people write one of our languages beside the first one of the land. */
const alsoSpoken: Record<string, string[]> = { CD: ["sw"], RW: ["sw"], BI: ["sw"], CY: ["tr"], US: ["es"] };

/** Whether a word counts from this person: an unmistakable one from everybody, a local one where its language is spoken. */
export function isSpokenBy({ isLocal, languages }: StopWord, { ofPerson, ofConversation, country }: Speaker): boolean {
  if (!isLocal) return true;
  const local = country === null ? [] : [localLanguage(country), ...(alsoSpoken[country] ?? [])];
  const spoken = [ofPerson, ofConversation, ...local].map(codeOf);
  return languages.some((language) => spoken.includes(language));
}

/**
 * In which languages to answer, best first: that of the word, that of the stop which a START undoes, the person's, the company's. English
 * words are written by everybody, so what else is known goes before them.
 */
export function spokenLanguages(said: StopWord, lastStop: StopWord | null, speaker: Speaker): (string | null)[] {
  const words = [languageOf(said, speaker), lastStop && languageOf(lastStop, speaker)];
  return [...words.filter((language) => language !== "en"), speaker.ofPerson, ...words, speaker.ofCompany];
}

/** Of a word that several languages share ("parar", 停止) the one that fits the person. */
function languageOf({ languages }: StopWord, { ofPerson, country, ofCompany }: Speaker): string | null {
  const local = country === null ? null : localLanguage(country);
  const fitting = [ofPerson, local, ofCompany].map(codeOf);
  return fitting.find((code) => code !== undefined && languages.includes(code)) ?? languages[0] ?? null;
}

function localLanguage(country: string): string | null {
  return new Intl.Locale(`und-${country}`).maximize().language ?? null;
}

function codeOf(tag: string | null): string | undefined {
  return tag?.toLowerCase().split(/[-_]/)[0];
}
