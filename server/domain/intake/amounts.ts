import { type Currency, currencyAfter, currencyBefore, currencyOfWord } from "./currency.ts";
import { decimalOf } from "./decimal.ts";
import { foldWord } from "./fold-word.ts";
import { magnitudes, units } from "./lexicon.ts";

/** An amount found in a text, with the offsets of everything that belongs to it. */
export type Amount = { amount: string; currency?: Currency; scaled: "yes" | "no"; start: number; end: number };

type Tail = { power: number; currency?: Currency; end: number };

const numberPattern =
  /(?<![\p{L}\p{N}.,:/+-])\d{1,3}(?:[.,'’\u00a0\u202f ]\d{2,3}){1,5}(?:[.,]\d{1,2})?(?![\p{N}])|(?<![\p{N}.,:/+])\d{1,12}(?:[.,]\d{1,4})?(?![\p{N}])/gu;
const groupedBySpace = /^\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?$/;
const leftContext = 12;
const nextWord = /^\s?-?\s?([\p{L}\p{M}]+)\.?/u;
const range = /^\s*(?:-|–|—|to|a|bis|à|e|y|and|und|et|से|se)\s*[$€£₹]?\s*(\d{1,12}(?:[.,]\d{1,4})?)/u;
const notAnAmount = /^(?:\s?%|[/:]\d|[.,]\d|-\d{2,}-\d)/;
const longestUnmarked = 9;
// A message about a budget holds a handful of numbers; a hostile one thousands.
const mostAmounts = 24;

/** Every number of a text that can be an amount of money; whether one is a budget is for the caller to say. */
export function amountsOf(text: string, languages: number): Amount[] {
  const amounts: Amount[] = [];
  for (const match of text.matchAll(numberPattern)) {
    if (amounts.length === mostAmounts) break;
    const amount = amountAt(text, match[0], match.index, languages);
    if (amount !== undefined) amounts.push(amount);
  }
  return amounts;
}

function amountAt(text: string, found: string, start: number, languages: number): Amount | undefined {
  const written = found.includes(" ") && !groupedBySpace.test(found) ? (found.split(" ", 1)[0] ?? found) : found;
  const end = start + written.length;
  if (notAnAmount.test(text.slice(end, end + 8))) return undefined;
  const tail = tailAt(text, end, languages) ?? tailOfRange(text, end, languages) ?? { power: 0, end };
  const before = currencyBefore(text.slice(Math.max(0, start - leftContext), start), languages);
  const currency = clearer(tail.currency, before);
  const amount = decimalOf(written, tail.power);
  if (amount === undefined || isCount(text, tail.end)) return undefined;
  const isPlain = currency === undefined && tail.power === 0;
  if (isPlain && (isYear(written) || written.length > longestUnmarked)) return undefined;
  return { amount, ...(currency ? { currency } : {}), scaled: tail.power > 0 ? "yes" : "no", start, end: tail.end };
}

// "$50,000 pesos" are pesos, "$50.000 USD" dollars.
function clearer(after: Currency | undefined, before: Currency | undefined): Currency | undefined {
  if (after === undefined) return before;
  return after.written === "$" ? (before ?? after) : after;
}

// What follows a number: a magnitude and a currency, in either order ("50 mil pesos", "5.000 €", "50k USD").
function tailAt(text: string, start: number, languages: number): Tail | undefined {
  const tail: Tail = { power: 0, end: start };
  for (let step = 0; step < 3; step++) {
    const rest = text.slice(tail.end, tail.end + 24);
    const sign = tail.currency === undefined ? currencyAfter(rest, languages) : undefined;
    if (sign !== undefined) {
      tail.currency = sign;
      tail.end += rest.startsWith(" ") ? 2 : 1;
      continue;
    }
    const word = nextWord.exec(rest);
    if (word?.[1] === undefined) break;
    const folded = foldWord(word[1]);
    const power = tail.power === 0 ? magnitudeOf(folded, languages) : undefined;
    const currency = power === undefined ? currencyOfWord(word[1], folded) : undefined;
    const isJoiner = step > 0 && tail.power > 0 && (folded === "de" || folded === "of");
    if (power === undefined && currency === undefined && !isJoiner) break;
    if (power !== undefined) tail.power = power;
    if (currency !== undefined) tail.currency = currency;
    tail.end += word[0].length;
  }
  return tail.end === start ? undefined : tail;
}

// "5-10k", "between 5 and 10 thousand euros": the lower end, with what the upper end says of both.
function tailOfRange(text: string, end: number, languages: number): Tail | undefined {
  const upper = range.exec(text.slice(end, end + 24));
  return upper === null ? undefined : tailAt(text, end + upper[0].length, languages);
}

function magnitudeOf(word: string, languages: number): number | undefined {
  const spoken = magnitudes.filter((_, index) => (languages >> index) & 1);
  const knowing = spoken.find((words) => words.has(word)) ?? magnitudes.find((words) => words.has(word));
  return knowing?.get(word);
}

function isCount(text: string, end: number): boolean {
  const word = nextWord.exec(text.slice(end, end + 24))?.[1];
  return word !== undefined && units.has(foldWord(word));
}

function isYear(written: string): boolean {
  return /^20[2-4]\d$/.test(written);
}
