import { foldText } from "../../../shared/fold-text.ts";
import { foldDigits } from "../../../shared/phone/fold-digits.ts";
import { parseJid } from "../../../shared/phone/jid.ts";
import type { Reach } from "../reach/reach.ts";

/**
 * How a search is run: by parts anywhere, the two longest of which the trigram index finds; or, where all are short, by the
 * beginning of the text (`prefix`) or of a word in it (`wordStart`, null where it has no letter), and by parts where few are looked at.
 */
export type SearchTerm =
  | { kind: "parts"; longest: string; second: string; parts: string[] }
  | { kind: "prefix"; prefix: string; wordStart: string | null; parts: string[] }
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
  const parts = words.map(anywhere);
  const [longest = "", second = longest] = words.toSorted((one, other) => trigramLetters(other) - trigramLetters(one));
  if (trigramLetters(longest) >= 3)
    return { kind: "parts", longest: anywhere(longest), second: anywhere(second), parts };
  // Fewer letters make no trigram, and the index would be read whole; a blank in front of a letter makes one.
  const prefix = words.join(" ");
  return { kind: "prefix", prefix, wordStart: trigramLetters(longest) > 0 ? anywhere(` ${prefix}`) : null, parts };
}

/**
 * The same as far as this caller may ask: to whom numbers are hidden, a digit finds nothing, because who may ask digit by digit has
 * the number in the end.
 */
export function searchTermFor(ctx: { reach: Reach }, query: string): SearchTerm {
  return ctx.reach.masksPhones && /\d/.test(foldDigits(query)) ? { kind: "nothing" } : searchTerm(query);
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
  // A plus says that even two digits are a phone's.
  return digits.length >= 3 || /^\+[1-9]/.test(plain) ? digits : undefined;
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
