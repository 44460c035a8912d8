import {
  companyNouns,
  functionWords,
  honorifics,
  knownFirstNames,
  nameParticles,
  notNames,
  surnameTails,
} from "./lexicon.ts";
import { type Reading, sliceOf, spanAt, spansOf } from "./reading.ts";
import { gapRank, type Token } from "./tokens.ts";

export type FoundName = { name: string; firstName?: string; lastName?: string; from: number; to: number };

type Certainty = "certain" | "loose";

const mostWords = 4;
const mostLowerCaseWords = 3;
const capitalised = /^(?:\p{Lu}|\p{Lo}|\p{Lt})[\p{L}\p{M}]*$/u;
const letters = /^[\p{L}\p{M}]+$/u;
const withinWord = /^['’`´-]$/;
const surnameJoiners = new Set(["de", "da", "do", "das", "dos", "del", "di", "du", "von", "of", "y", "e", "d"]);

/** The name a person gives, or nothing: a wrong name on somebody's card is worse than none. */
export function readName(reading: Reading): FoundName | undefined {
  for (const lead of spansOf(reading, "name.lead")) {
    const name = nameAt(reading, lead.to, "certain");
    if (name !== undefined) return name;
  }
  for (const tail of spansOf(reading, "name.tail")) {
    const name = nameBefore(reading, tail.from);
    if (name !== undefined) return name;
  }
  // In a text without small letters capitals prove nothing.
  if (!/\p{Ll}/u.test(reading.plain)) return undefined;
  for (const lead of spansOf(reading, "name.loose")) {
    const name = (lead.languages & reading.spoken) === 0 ? undefined : looseName(reading, lead.to);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The name that begins at a word; "certain" takes it also in lower case, as after "my name is". */
export function nameAt(reading: Reading, start: number, certainty: Certainty): FoundName | undefined {
  const { tokens } = reading;
  let from = start;
  while (honorifics.has(tokens[from]?.word ?? "") && tokens[from + 1]?.rank === gapRank.joined) from++;
  const opening = tokens[start];
  if (opening === undefined || (opening.rank !== gapRank.joined && !/^\s*:\s*$/.test(opening.gap))) return undefined;
  const to = endOfName(tokens, from, certainty);
  if (to === from || companyNouns.has(tokens[to - 1]?.word ?? "")) return undefined;
  const name = titled(sliceOf(reading, from, to));
  return { name, ...partsOf(name, from > start), from, to };
}

function looseName(reading: Reading, start: number): FoundName | undefined {
  const name = nameAt(reading, start, "loose");
  if (name === undefined || spanAt(reading, "position.title", name.from) !== undefined) return undefined;
  const first = reading.tokens[name.from]?.word ?? "";
  const isProved = name.to - name.from > 1 || knownFirstNames.has(first) || spanAt(reading, "name.proof", name.to);
  return isProved ? name : undefined;
}

// "main Anita bol rahi hoon", "Rahul this side": the name stands before.
function nameBefore(reading: Reading, end: number): FoundName | undefined {
  let from = end;
  while (from > 0 && end - from < 3 && isNamePart(reading.tokens[from - 1], "certain")) {
    from--;
    if (reading.tokens[from]?.rank !== gapRank.joined) break;
  }
  if (from === end || reading.tokens[end]?.rank !== gapRank.joined) return undefined;
  const name = titled(sliceOf(reading, from, end));
  return { name, ...partsOf(name, false), from, to: end };
}

function endOfName(tokens: Token[], from: number, certainty: Certainty): number {
  let to = from;
  let words = 0;
  let lowerCase = 0;
  while (to < tokens.length && (to === from || tokens[to]?.rank === gapRank.joined)) {
    const token = tokens[to];
    const next = to > from ? afterParticles(tokens, to) : to;
    const part = tokens[next];
    if (token === undefined || !(isNamePart(part, certainty) || isElided(tokens, next))) break;
    if (to === from || !withinWord.test(token.gap)) words++;
    if (words > mostWords) break;
    if (!capitalised.test(part?.raw ?? "") && ++lowerCase > mostLowerCaseWords) break;
    to = next + 1;
  }
  return to;
}

// "de la Cruz" belongs to a name; "de Clínica Sol" is where the person works.
function afterParticles(tokens: Token[], from: number): number {
  let at = from;
  while (at - from < 3 && nameParticles.has(tokens[at]?.word ?? "") && tokens[at]?.rank === gapRank.joined) at++;
  if (at === from || tokens[at]?.rank !== gapRank.joined) return from;
  if (!surnameJoiners.has(tokens[from]?.word ?? "")) return at;
  return surnameTails.has(tokens[at]?.word ?? "") ? at : from;
}

function isNamePart(token: Token | undefined, certainty: Certainty): boolean {
  if (token === undefined || token.raw.length > 30) return false;
  if (functionWords.has(token.word) || notNames.has(token.word)) return false;
  return certainty === "certain" ? letters.test(token.raw) : capitalised.test(token.raw);
}

// The "O" of O'Brien is a small word in other languages.
function isElided(tokens: Token[], at: number): boolean {
  const after = tokens[at + 1];
  return (
    capitalised.test(tokens[at]?.raw ?? "") &&
    after !== undefined &&
    /^['’]$/.test(after.gap) &&
    isNamePart(after, "loose")
  );
}

function partsOf(name: string, withHonorific: boolean): { firstName?: string; lastName?: string } {
  const space = name.indexOf(" ");
  if (space < 0) return withHonorific ? { lastName: name } : { firstName: name };
  return { firstName: name.slice(0, space), lastName: name.slice(space + 1) };
}

function titled(name: string): string {
  const words = name.split(/\s+/);
  return words.map((word) => (isOneCase(word) && !nameParticles.has(word) ? capitalise(word) : word)).join(" ");
}

function isOneCase(word: string): boolean {
  return word.length > 1 && (word === word.toLowerCase() || word === word.toUpperCase());
}

function capitalise(word: string): string {
  return word.toLowerCase().replace(/(^|['’-])(\p{L})/gu, (found) => found.toUpperCase());
}
