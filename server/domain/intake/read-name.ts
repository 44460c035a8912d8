import {
  companyNouns,
  honorifics,
  knownFirstNames,
  languagesWithLooseTails,
  looseTails,
  nameParticles,
  surnameTails,
} from "./lexicon.ts";
import { capitalised, type Introduction, isNamePart } from "./name-part.ts";
import { followsOthers } from "./of-others.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, sliceOf, spanAt, spansOf } from "./reading.ts";
import { allLanguages } from "./spoken.ts";
import { gapRank, type Token } from "./tokens.ts";

export type FoundName = { name: string; firstName?: string; lastName?: string; from: number; to: number };

const mostWords = 4;
const mostLowerCaseWords = 3;
const withinWord = /^['’`´-]$/;
const surnameJoiners = new Set(["de", "da", "do", "das", "dos", "del", "di", "du", "von", "of", "y", "e", "d"]);

/** The name a person gives, or nothing: a wrong name on somebody's card is worse than none. */
export function readName(reading: Reading): FoundName | undefined {
  for (const lead of spansOf(reading, "name.lead")) {
    if (followsOthers(reading, lead)) continue;
    const name = nameAt(reading, lead.to, { certainty: "certain", languages: lead.languages });
    if (name !== undefined) return name;
  }
  for (const lead of spansOf(reading, "name.call")) {
    const name = nameAt(reading, lead.to, { certainty: "call", languages: lead.languages });
    if (name !== undefined) return name;
  }
  for (const tail of spansOf(reading, "name.tail")) {
    const name = nameBefore(reading, tail);
    if (name !== undefined) return name;
  }
  return likelyName(reading);
}

function likelyName(reading: Reading): FoundName | undefined {
  // In a text without small letters capitals prove nothing.
  if (/\p{Lu}/u.test(reading.plain) && !/\p{Ll}/u.test(reading.plain)) return undefined;
  for (const lead of spansOf(reading, "name.loose")) {
    const name = looseName(reading, lead);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The name that begins at a word; after a certain lead also one in lower case. */
export function nameAt(reading: Reading, start: number, introduction: Introduction): FoundName | undefined {
  const { tokens } = reading;
  let from = start;
  while (honorifics.has(tokens[from]?.word ?? "") && tokens[from + 1]?.rank === gapRank.joined) from++;
  const opening = tokens[start];
  if (opening === undefined || (opening.rank !== gapRank.joined && !/^\s*:\s*$/.test(opening.gap))) return undefined;
  const to = endOfName(reading, from, introduction);
  if (to === from || (to === from + 1 && companyNouns.has(tokens[from]?.word ?? ""))) return undefined;
  const name = titled(sliceOf(reading, from, to));
  return { name, ...partsOf(name, from > start), from, to };
}

function looseName(reading: Reading, lead: Span): FoundName | undefined {
  const languages = lead.languages & reading.spoken;
  const name = languages === 0 ? undefined : nameAt(reading, lead.to, { certainty: "loose", languages });
  if (name === undefined || spanAt(reading, "position.title", name.from) !== undefined) return undefined;
  if ((languages & ~languagesWithLooseTails) === 0 && !looseTails.has(reading.tokens[name.to]?.word ?? ""))
    return undefined;
  return isProved(reading, name) ? name : undefined;
}

// Several words prove a name by their capitals; where a script has none, the first one must be known.
function isProved(reading: Reading, { from, to }: FoundName): boolean {
  const first = reading.tokens[from];
  if (knownFirstNames.has(first?.word ?? "")) return true;
  const hasCapital = /^(?:\p{Lu}|\p{Lt})/u.test(first?.raw ?? "");
  return (to - from > 1 && hasCapital) || spanAt(reading, "name.proof", to) !== undefined;
}

// "main Anita bol rahi hoon", "Rahul this side": the name stands before.
function nameBefore(reading: Reading, { from: end }: Span): FoundName | undefined {
  const introduction: Introduction = { certainty: "call", languages: allLanguages };
  let from = end;
  while (from > 0 && end - from < 3 && isNamePart(reading, from - 1, from - 1, introduction)) {
    from--;
    if (reading.tokens[from]?.rank !== gapRank.joined) break;
  }
  if (from === end || reading.tokens[end]?.rank !== gapRank.joined) return undefined;
  const name = titled(sliceOf(reading, from, end));
  return { name, ...partsOf(name, false), from, to: end };
}

function endOfName(reading: Reading, from: number, introduction: Introduction): number {
  const { tokens } = reading;
  let to = from;
  let words = 0;
  let lowerCase = 0;
  while (to < tokens.length && (to === from || tokens[to]?.rank === gapRank.joined)) {
    const token = tokens[to];
    const next = to > from ? afterParticles(tokens, to) : to;
    const part = tokens[next];
    if (token === undefined) break;
    if (!isNamePart(reading, from, next, introduction) && !isElided(tokens, next, introduction)) break;
    const isWithin = to > from && withinWord.test(token.gap);
    if (!isWithin) words++;
    if (words > mostWords) break;
    if (!isWithin && !capitalised.test(part?.raw ?? "") && ++lowerCase > mostLowerCaseWords) break;
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

// The "O" of O'Brien is a small word in other languages; in lower case it counts where a name is certain.
function isElided(tokens: Token[], at: number, { certainty }: Introduction): boolean {
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (token === undefined || after === undefined || !/^['’]$/.test(after.gap)) return false;
  if (capitalised.test(token.raw) && capitalised.test(after.raw)) return true;
  return certainty === "certain" && token.word === "o" && after.word !== "clock";
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
