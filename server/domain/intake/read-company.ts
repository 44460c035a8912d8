import { companyConnectors, companyNouns, functionWords, genericNouns, knownFirstNames, notNames } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { places } from "./places.ts";
import { type Reading, sliceOf, spanAt, spansOf } from "./reading.ts";
import { gapRank, type Token } from "./tokens.ts";

const mostWords = 6;
const longestGap = 3;
const apostrophe = /^['’]$/;
const startsHigh = /^(?:\p{Lu}|\p{Lo}|\p{Lt}|\p{N})/u;
const articles = new Set([
  "the",
  "la",
  "el",
  "o",
  "a",
  "der",
  "die",
  "das",
  "dem",
  "le",
  "l",
  "les",
  "los",
  "las",
  "os",
  "as",
]);

/** Where the person works. `anchors` are the ends of the name and of the position: only there "from" or "de" leads to it. */
export function readCompany(reading: Reading, anchors: number[]): string | undefined {
  for (const anchor of anchors) {
    const company = linkedAt(reading, anchor);
    if (company !== undefined) return company;
  }
  for (const lead of spansOf(reading, "company.lead")) {
    const company = companyAt(reading, lead.to);
    if (company !== undefined) return company;
  }
  for (const tail of spansOf(reading, "company.tail")) {
    const company = companyBefore(reading, tail);
    if (company !== undefined) return company;
  }
  for (const tail of spansOf(reading, "company.nounTail")) {
    const company = companyOfNoun(reading, tail, anchors);
    if (company !== undefined) return company;
  }
  return undefined;
}

// "main Verma Traders se hoon"; a bare "se" counts where it closes what the name began ("main Rahul hoon, Verma Traders se").
function companyOfNoun(reading: Reading, tail: Span, anchors: number[]): string | undefined {
  const isSpoken = (tail.languages & reading.spoken) !== 0;
  if (!isSpoken || !companyNouns.has(reading.tokens[tail.from - 1]?.word ?? "")) return undefined;
  const next = reading.tokens[tail.to];
  const isClosing = next === undefined || next.rank !== gapRank.joined;
  const isBare = tail.to - tail.from === 1;
  if (!isClosing || (isBare && !anchors.some((anchor) => anchor < tail.from))) return undefined;
  return companyBefore(reading, tail);
}

// "Ana López from Clínica Sol", "Ana, CEO at Acme", "Ana y trabajo en Acme".
function linkedAt(reading: Reading, anchor: number): string | undefined {
  const opening = reading.tokens[anchor];
  if (opening === undefined || opening.rank === gapRank.sentence) return undefined;
  const link = spanAt(reading, "company.link", anchor)?.to ?? 0;
  const lead = spanAt(reading, "company.lead", anchor)?.to ?? 0;
  return link + lead === 0 ? undefined : companyAt(reading, Math.max(link, lead));
}

function companyAt(reading: Reading, start: number): string | undefined {
  const { tokens } = reading;
  const opening = tokens[start];
  if (opening === undefined || (opening.rank !== gapRank.joined && !/^\s*:\s*$/.test(opening.gap))) return undefined;
  const from = afterNoun(tokens, afterArticle(tokens, start));
  const isNamed = genericNouns.has(tokens[from - 1]?.raw ?? "");
  let to = articles.has(tokens[from]?.word ?? "") ? from + 1 : from;
  while (to - from < mostWords) {
    const next = to === from ? from : afterConnectors(reading, to);
    const token = tokens[next];
    if (token === undefined || (next > from && token.rank !== gapRank.joined)) break;
    const isFirstNamed = isNamed && to === from && isHigh(token) && !isFunctionWord(reading, token);
    if (!isFirstNamed && !isCompanyPart(token, to > from)) break;
    if (to > from && spanAt(reading, "need.lead", next) !== undefined) break;
    to = afterPossessive(tokens, next + 1);
  }
  return named(reading, from, to);
}

function afterArticle(tokens: Token[], at: number): number {
  const opening = tokens[at];
  if (opening === undefined || !articles.has(opening.word)) return at;
  if (isElidedName(opening, tokens[at + 1])) return at;
  return isHigh(opening) && isHigh(tokens[at + 1]) && opening.raw.length > 1 ? at : at + 1;
}

// "de la société L'Oréal"; of "l'Oréal" and "L'ENTREPRISE DUPONT" the article is no part of the name.
function isElidedName(opening: Token, next: Token | undefined): boolean {
  return opening.raw === "L" && next !== undefined && apostrophe.test(next.gap) && /^\p{Lu}.*\p{Ll}/u.test(next.raw);
}

// "Joe's Pizza", "McDonald's"; of "Acme's sales team" and "Acme's Berlin office" the company is Acme.
function afterPossessive(tokens: Token[], at: number): number {
  const mark = tokens[at];
  if (mark?.raw !== "s" || !apostrophe.test(mark.gap)) return at;
  const next = tokens[at + 1];
  if (next === undefined || next.rank !== gapRank.joined) return at + 1;
  return isHigh(next) && isCompanyPart(next, true) && !places.has(next.word) ? at + 1 : at;
}

// "bei der Firma Dentasol GmbH": the noun is no part of the name.
function afterNoun(tokens: Token[], at: number): number {
  const next = tokens[at + 1];
  return genericNouns.has(tokens[at]?.raw ?? "") && next?.rank === gapRank.joined && isHigh(next) ? at + 1 : at;
}

function companyBefore(reading: Reading, tail: Span): string | undefined {
  let from = tail.from;
  while (from > 0 && tail.from - from < longestGap) {
    const token = reading.tokens[from - 1];
    if (token === undefined || functionWords.has(token.word) || !isHigh(token)) break;
    from--;
    if (token.rank !== gapRank.joined) break;
  }
  return named(reading, from, tail.from);
}

function afterConnectors(reading: Reading, from: number): number {
  const { tokens } = reading;
  let at = from;
  while (at - from < 3 && companyConnectors.has(tokens[at]?.word ?? "") && tokens[at]?.rank === gapRank.joined) at++;
  const next = tokens[at];
  return next !== undefined && (at === from || isCompanyPart(next, false) || isForeignPart(reading, next)) ? at : from;
}

// "Textiles del Sur": a small word of another language with a capital.
function isForeignPart(reading: Reading, token: Token): boolean {
  return isCompanyPart(token, true) && !isFunctionWord(reading, token);
}

// "Padaria Bom Dia" has small words with capitals inside, but the English "I" begins something new. The first word may be
// in lower case when it is a kind of company ("clínica Sol").
function isCompanyPart(token: Token, inside: boolean): boolean {
  if (functionWords.has(token.word))
    return inside && isHigh(token) && token.raw.length > 2 && /\p{Lu}/u.test(token.raw);
  if (companyNouns.has(token.word)) return true;
  return (
    isHigh(token) && (inside || !notNames.has(token.word) || knownFirstNames.has(token.word) || places.has(token.word))
  );
}

function isFunctionWord(reading: Reading, { word }: Token): boolean {
  return ((functionWords.get(word) ?? 0) & reading.spoken) !== 0;
}

function isHigh(token: Token | undefined): boolean {
  return token !== undefined && startsHigh.test(token.raw);
}

function named(reading: Reading, from: number, to: number): string | undefined {
  const words = reading.tokens.slice(from, to);
  if (words.length === 0 || !words.some((token) => isHigh(token) && !companyNouns.has(token.word))) return undefined;
  if (words.every((token) => /^\p{N}+$/u.test(token.raw))) return undefined;
  const name = words.map((token) => token.word).join(" ");
  return places.has(name) ? undefined : sliceOf(reading, from, to);
}
