import { foldText } from "../../../shared/fold-text.ts";
import type { KnowledgeEntry } from "./bot-turn.ts";
import type { BotLanguage } from "./phrases/phrases-for.ts";

/** Words too frequent to tell one question from another; two letters and less say nothing either. */
const empty = new Set(
  "the and for you your are can what when where which how much does have with que los las una por para como cual donde cuando usted tiene qual onde quando voce tem sua seu com uma der die das und ist sie wie was wann wo haben ihr les des une est vous avez quel quelle votre pour avec comment kya hai kab aap".split(
    " ",
  ),
);

const leastScore = 0.5;

/**
 * The entry that answers the text: the one whose question (or a keyword of it) shares most of its words with the text. A keyword that
 * stands in the text whole is enough; of the question's own words half must be there, and two at least where it has so many.
 */
export function findAnswer(text: string, entries: KnowledgeEntry[], language: BotLanguage): KnowledgeEntry | undefined {
  const asked = wordsOf(text);
  if (asked.size === 0) return undefined;
  const folded = ` ${[...allWords(text)].join(" ")} `;
  let best: { entry: KnowledgeEntry; score: number } | undefined;
  for (const entry of entries) {
    if (entry.language !== null && entry.language !== language) continue;
    const score = Math.max(keywordScore(folded, entry.keywords), questionScore(asked, entry.question));
    if (score >= leastScore && score > (best?.score ?? 0)) best = { entry, score };
  }
  return best?.entry;
}

function keywordScore(folded: string, keywords: string[]): number {
  return keywords.some((keyword) => {
    const words = allWords(keyword).join(" ");
    return words !== "" && folded.includes(` ${words} `);
  })
    ? 1
    : 0;
}

function questionScore(asked: Set<string>, question: string): number {
  const words = wordsOf(question);
  if (words.size === 0) return 0;
  const shared = [...words].filter((word) => asked.has(word)).length;
  if (shared < Math.min(2, words.size)) return 0;
  return shared / words.size;
}

function wordsOf(text: string): Set<string> {
  return new Set(allWords(text).filter((word) => word.length > 2 && !empty.has(word)));
}

function allWords(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
