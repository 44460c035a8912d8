import { currencyWords, languagesWithManyDollars } from "./lexicon.ts";
import { allLanguages } from "./spoken.ts";

/**
 * A currency was named; which one is left open where the sign means many (a bare `$` in Spanish, "pesos"). `written` says that the
 * writer's country decides, where it is known.
 */
export type Currency = { code?: string; written?: "pesos" | "$" };

const codes = new Set(Intl.supportedValuesOf("currency"));
const bySign: Record<string, string> = {
  US$: "USD",
  MX$: "MXN",
  R$: "BRL",
  A$: "AUD",
  AU$: "AUD",
  C$: "CAD",
  CA$: "CAD",
  S$: "SGD",
  HK$: "HKD",
  "€": "EUR",
  "£": "GBP",
  "₹": "INR",
  "¥": "JPY",
};
const signBefore = /(?:(?<![\p{L}\p{N}])(?:US|MX|R|AU?|CA?|S|HK))?\$\s?$|[€£₹¥]\s?$/iu;
const signAfter = /^\s?(?:[€£₹¥$])/u;
const wordBefore = /(?<![\p{L}\p{N}])(\p{L}{2,8})\.?\s?$/u;

export function currencyBefore(text: string, languages: number): Currency | undefined {
  const sign = signBefore.exec(text)?.[0];
  if (sign !== undefined) return currencyOfSign(sign, languages);
  const word = wordBefore.exec(text)?.[1];
  return word === undefined ? undefined : currencyOfWord(word, word.toLowerCase());
}

export function currencyAfter(text: string, languages: number): Currency | undefined {
  const sign = signAfter.exec(text)?.[0];
  return sign === undefined ? undefined : currencyOfSign(sign, languages);
}

/** Codes count only in capitals, because many are words ("all", "try"); the words of the language files in any case. */
export function currencyOfWord(raw: string, folded: string): Currency | undefined {
  if (codes.has(raw)) return { code: raw };
  const code = currencyWords.get(folded);
  if (code === undefined) return undefined;
  return code === "" ? { written: "pesos" } : { code };
}

function currencyOfSign(written: string, languages: number): Currency {
  const sign = written.trim().toUpperCase();
  if (sign === "$") {
    const isOpen = languages !== allLanguages && languages & languagesWithManyDollars;
    return isOpen ? { written: "$" } : { code: "USD", written: "$" };
  }
  const code = bySign[sign];
  return code === undefined ? {} : { code };
}
