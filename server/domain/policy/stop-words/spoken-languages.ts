import type { StopWord } from "./read-stop-word.ts";

export type Speaker = { ofPerson: string | null; country: string | null; ofCompany: string | null };

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
  const local = country === null ? null : new Intl.Locale(`und-${country}`).maximize().language;
  const fitting = [ofPerson, local, ofCompany].map((tag) => tag?.toLowerCase().split(/[-_]/)[0]);
  return fitting.find((code) => code !== undefined && languages.includes(code)) ?? languages[0] ?? null;
}
