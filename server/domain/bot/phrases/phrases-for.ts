import type { BotPhrases } from "./bot-phrases.ts";
import { germanPhrases } from "./de.ts";
import { englishPhrases } from "./en.ts";
import { spanishPhrases } from "./es.ts";
import { frenchPhrases } from "./fr.ts";
import { hindiPhrases } from "./hi.ts";
import { portuguesePhrases } from "./pt.ts";

const byLanguage = {
  en: englishPhrases,
  es: spanishPhrases,
  pt: portuguesePhrases,
  hi: hindiPhrases,
  de: germanPhrases,
  fr: frenchPhrases,
} satisfies Record<string, BotPhrases>;

export type BotLanguage = keyof typeof byLanguage;

export const botLanguages: readonly BotLanguage[] = ["en", "es", "pt", "hi", "de", "fr"];

export function phrasesFor(language: BotLanguage): BotPhrases {
  return byLanguage[language];
}

/** "pt-BR" → "pt"; undefined for a language the bot does not speak. */
export function botLanguageOf(tag: string | null | undefined): BotLanguage | undefined {
  const primary = tag?.toLowerCase().split(/[-_]/, 1)[0];
  return botLanguages.find((language) => language === primary);
}
