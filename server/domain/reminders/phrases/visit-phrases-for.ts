import { type BotLanguage, botLanguageOf } from "../../bot/phrases/phrases-for.ts";
import { germanVisits } from "./de.ts";
import { englishVisits } from "./en.ts";
import { spanishVisits } from "./es.ts";
import { frenchVisits } from "./fr.ts";
import { hindiVisits } from "./hi.ts";
import { portugueseVisits } from "./pt.ts";
import type { VisitPhrases } from "./visit-phrases.ts";

export const visitPhrases = {
  en: englishVisits,
  es: spanishVisits,
  pt: portugueseVisits,
  hi: hindiVisits,
  de: germanVisits,
  fr: frenchVisits,
} satisfies Record<BotLanguage, VisitPhrases>;

export type Told = { name: string; service: string; location: string; when: string };

type Sentence = Exclude<keyof VisitPhrases, "yes" | "no" | "refusals" | "conditions" | "politeness">;

/** The first of these languages that we speak, else English. */
export function spokenOf(...tags: (string | null)[]): BotLanguage {
  return tags.map(botLanguageOf).find((language) => language !== undefined) ?? "en";
}

export function visitPhrase(language: BotLanguage, sentence: Sentence, told: Partial<Told> = {}): string {
  return visitPhrases[language][sentence].replace(/\{(name|service|location|when)\}/g, (_all, word: string) => {
    const values: Record<string, string | undefined> = told;
    return values[word] ?? "";
  });
}
