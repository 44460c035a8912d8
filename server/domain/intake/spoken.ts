import { languages } from "./language/languages.ts";
import { functionWords } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

/** What stands for the language when no word gives it away: every bit is set. */
export const allLanguages = -1;

/** The languages with the most function words in a text, one bit each; several where they are equally likely. */
export function spokenIn(tokens: Token[]): number {
  const counts = languages.map(() => 0);
  for (const { word } of tokens) count(counts, functionWords.get(word) ?? 0);
  const most = Math.max(...counts);
  if (most === 0) return allLanguages;
  return counts.reduce((bits, score, index) => (score === most ? bits | (1 << index) : bits), 0);
}

function count(counts: number[], languages: number): void {
  for (let index = 0; languages >> index > 0; index++) {
    if ((languages >> index) & 1) counts[index] = (counts[index] ?? 0) + 1;
  }
}
