import { foldText } from "../../../shared/fold-text.ts";
import { foldDigits } from "../../../shared/phone/fold-digits.ts";
import { parseJid } from "../../../shared/phone/jid.ts";

/** How a search is run: by parts anywhere, the two longest of which the trigram index finds, or by the beginning of the name. */
export type SearchTerm =
  | { kind: "parts"; longest: string; second: string; parts: string[] }
  | { kind: "prefix"; prefix: string }
  | { kind: "nothing" };

const mostWords = 8;
const longestQuery = 200;
const phoneLike = /^[\d\s+().\-/]+$/;

/** Reads what a person typed. A phone number is sought by its digits, however it was spaced; of words each must be there. */
export function searchTerm(query: string): SearchTerm {
  const folded = foldText(query.slice(0, longestQuery));
  if (folded === "") return { kind: "nothing" };
  const digits = phoneDigits(folded);
  const words = digits === undefined ? folded.split(" ").slice(0, mostWords) : [digits];
  const [longest = "", second = longest] = words.toSorted((one, other) => trigramLetters(other) - trigramLetters(one));
  // Fewer letters make no trigram, and the index would be read whole.
  if (trigramLetters(longest) < 3) return { kind: "prefix", prefix: folded };
  return { kind: "parts", longest: anywhere(longest), second: anywhere(second), parts: words.map(anywhere) };
}

/** Just behind every text that begins so. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function phoneDigits(folded: string): string | undefined {
  const jid = parseJid(folded);
  if (jid.kind === "phone") return jid.digits;
  const plain = foldDigits(folded);
  if (!phoneLike.test(plain)) return undefined;
  // The trunk or international prefix is not part of the number as it is kept.
  const digits = plain.replace(/\D/g, "").replace(/^0+/, "");
  return digits.length < 3 ? undefined : digits;
}

/**
 * How many letters in a row pg_trgm has to work with. Where a run is known to begin or end inside the word (at a hyphen, at the sign
 * that joins two consonants of Hindi), the border counts as it does there: two before, one behind.
 */
function trigramLetters(word: string): number {
  const runs = [...word.matchAll(/[\p{Alphabetic}\p{N}]+/gu)].map(({ 0: run, index }) => {
    const before = index > 0 ? 2 : 0;
    const behind = index + run.length < word.length ? 1 : 0;
    return before + Array.from(run).length + behind;
  });
  return Math.max(0, ...runs);
}

function anywhere(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}
