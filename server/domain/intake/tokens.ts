import { foldWord } from "./fold-word.ts";

/** What separates a word from the one before it. */
export const gapRank = { joined: 0, clause: 1, sentence: 2 } as const;
export type GapRank = (typeof gapRank)[keyof typeof gapRank];

export type Token = { raw: string; word: string; start: number; end: number; gap: string; rank: GapRank };

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;
const joiner = /^[\s'’`´"“”«»&+*_~$€£₹¥-]*$/;
const spacedDash = /\s[-–—]+\s/;
const sentenceEnd = /[.!?\n\r।…]/;
const abbreviation = /^(?:rs|dr|dra|sr|sra|mr|mrs|ms|st|ing|lic|prof|ca|aprox|approx|tsd|mio|inc|no|\p{L})$/u;

/** The words of a text, each with what stood before it; punctuation is never a word. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  let word = "";
  for (const match of text.matchAll(wordPattern)) {
    const raw = match[0];
    const gap = text.slice(end, match.index);
    const rank = gap === " " ? gapRank.joined : rankOf(gap, word);
    word = foldWord(raw);
    const start = match.index;
    end = start + raw.length;
    tokens.push({ raw, word, start, end, gap, rank });
  }
  return tokens;
}

function rankOf(gap: string, before: string): GapRank {
  if (gap === "." || gap === "") return gapRank.joined;
  if (gap.includes("\n") || gap.includes("\r")) return gapRank.sentence;
  if (joiner.test(gap)) return spacedDash.test(gap) ? gapRank.clause : gapRank.joined;
  if (/^\.\s*$/.test(gap) && abbreviation.test(before)) return gapRank.joined;
  return sentenceEnd.test(gap) ? gapRank.sentence : gapRank.clause;
}
