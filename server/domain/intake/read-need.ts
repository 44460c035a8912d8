import { intentNames } from "./language/language-rules.ts";
import { functionWords } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { isMeant } from "./read-intents.ts";
import { type Reading, spanAt, spansOf } from "./reading.ts";
import { gapRank, type Token } from "./tokens.ts";

const longestNeed = 200;
const mostWordsBeforeTail = 20;
const requests = intentNames.map((intent) => `${intent}.strong`);
const otherSubjects = ["budget.word", "name.lead", "company.lead", "need.lead"];

/** What the person is looking for, in the person's own words. */
export function readNeed(reading: Reading): string | undefined {
  for (const lead of spansOf(reading, "need.lead")) {
    const need = isNeed(reading, lead) ? clauseFrom(reading, lead.to) : undefined;
    if (need !== undefined) return need;
  }
  for (const tail of spansOf(reading, "need.tail")) {
    const need = isMeant(reading, tail) ? clauseBefore(reading, tail) : undefined;
    if (need !== undefined) return need;
  }
  return undefined;
}

function isNeed(reading: Reading, lead: Span): boolean {
  if ((lead.languages & reading.spoken) === 0 || isSkipped(reading, lead.to)) return false;
  return isMeant(reading, { ...lead, to: lead.from + 1 }) && reading.tokens[lead.to]?.rank === gapRank.joined;
}

function isSkipped(reading: Reading, at: number): boolean {
  return ((spanAt(reading, "need.skip", at)?.languages ?? 0) & reading.spoken) !== 0;
}

function clauseFrom(reading: Reading, from: number): string | undefined {
  let to = from;
  while (to < reading.tokens.length && !(to > from && endsBefore(reading, to))) to++;
  return phraseOf(reading, from, to);
}

// A comma mostly enumerates; it ends the clause only where the text turns to something else, such as a question.
function endsBefore(reading: Reading, at: number): boolean {
  const token = reading.tokens[at];
  if (token === undefined || token.rank === gapRank.sentence || token.gap.includes("|")) return true;
  const kinds = token.rank === gapRank.clause ? [...otherSubjects, ...requests] : otherSubjects;
  return kinds.some((kind) => spanAt(reading, kind, at) !== undefined);
}

// Hindi: "मुझे … चाहिए", "mujhe … chahiye".
function clauseBefore(reading: Reading, tail: Span): string | undefined {
  const openers = spansOf(reading, "need.opener").filter((span) => span.to <= tail.from);
  const opener = openers.findLast((span) => tail.from - span.to <= mostWordsBeforeTail);
  if (opener === undefined || isSkipped(reading, opener.to)) return undefined;
  const words = reading.tokens.slice(opener.to, tail.from + 1);
  if (words.some((token) => token.rank === gapRank.sentence)) return undefined;
  return phraseOf(reading, opener.to, tail.from);
}

function phraseOf(reading: Reading, from: number, end: number): string | undefined {
  let to = end;
  while (to > from && isDangling(reading.tokens[to - 1])) to--;
  const first = reading.tokens[from];
  const last = reading.tokens[to - 1];
  if (to === from || first === undefined || last === undefined) return undefined;
  return trimmed(reading.text.slice(first.start, last.end));
}

// "… and our", left over before the next subject; but the "vous" of "rendez-vous" belongs to its word.
function isDangling(token: Token | undefined): boolean {
  return token !== undefined && functionWords.has(token.word) && token.gap !== "-";
}

function trimmed(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= longestNeed) return line;
  const cut = line.lastIndexOf(" ", longestNeed);
  return line.slice(0, cut > 0 ? cut : longestNeed).toWellFormed();
}
