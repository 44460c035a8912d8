import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { type Amount, amountsOf } from "./amounts.ts";
import { languagesNegatingAfter, negationWords } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, spansOf } from "./reading.ts";
import { gapRank, type Token } from "./tokens.ts";

/** `currency` is missing where the text names none, or one that several countries use ($ in Spanish); see currencyIn. */
export type Budget = { amount: string; currency?: string; written?: "pesos" | "$" };

const mostWordsAfterBudget = 9;
const mostWordsBeforeBudget = 3;
const mostWordsAfterSpend = 5;
const mostMentions = 8;
/** "no es 500", "não é de 500", "n'est pas de 500". */
const betweenNotAndAmount = new Set(["is", "es", "e", "de", "of"]);

/** An amount beside a word for budget, or an amount with a currency beside a word for spending. */
export function readBudget(reading: Reading): Budget | undefined {
  const words = spansOf(reading, "budget.word").slice(0, mostMentions);
  const spends = spansOf(reading, "budget.spend").slice(0, mostMentions);
  if (words.length === 0 && spends.length === 0) return undefined;
  const amounts = amountsOf(reading.plain, reading.spoken).filter(
    (amount) =>
      !isDenied(reading, amount) &&
      (words.some((word) => isNear(reading, word, amount, mostWordsBeforeBudget, mostWordsAfterBudget)) ||
        (amount.currency !== undefined &&
          spends.some((word) => isNear(reading, word, amount, 2, mostWordsAfterSpend)))),
  );
  return budgetOf(amounts);
}

/** The value of a line "Budget: …", where the label already says what the number is. */
export function budgetOfText(text: string, languages: number): Budget | undefined {
  return budgetOf(amountsOf(text, languages));
}

function budgetOf(amounts: Amount[]): Budget | undefined {
  const best =
    amounts.find((amount) => amount.currency !== undefined) ??
    amounts.find((amount) => amount.scaled === "yes") ??
    amounts[0];
  if (best === undefined) return undefined;
  const { code: currency, written } = best.currency ?? {};
  return withoutUndefined({ amount: best.amount, currency, written });
}

/** "My budget is not 500", "mera budget 500 nahi hai". */
function isDenied(reading: Reading, amount: Amount): boolean {
  const { tokens, spoken } = reading;
  const denies = (at: number, languages: number) =>
    ((negationWords.get(tokens[at]?.word ?? "") ?? 0) & languages) !== 0;
  const first = tokens.findIndex((token) => token.end > amount.start);
  const behind = tokens.findLastIndex((token) => token.start < amount.end) + 1;
  let before = first - 1;
  if (isJoined(tokens, before + 1) && betweenNotAndAmount.has(tokens[before]?.word ?? "")) before--;
  if (isJoined(tokens, before + 1) && denies(before, spoken)) return true;
  return isJoined(tokens, behind) && denies(behind, spoken & languagesNegatingAfter);
}

function isJoined(tokens: Token[], at: number): boolean {
  return tokens[at]?.rank === gapRank.joined;
}

function isNear(reading: Reading, word: Span, amount: Amount, before: number, after: number): boolean {
  const first = reading.tokens.findIndex((token) => token.end > amount.start);
  const last = reading.tokens.findLastIndex((token) => token.start < amount.end);
  if (first < 0) return false;
  if (first >= word.to) return first - word.to < after && isOneSentence(reading, word.to, first);
  return word.from > last && word.from - last <= before && isOneSentence(reading, last + 1, word.from);
}

function isOneSentence(reading: Reading, from: number, to: number): boolean {
  return reading.tokens.slice(from, to + 1).every((token) => token.rank !== gapRank.sentence);
}
