import { otherCopulas } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, spansOf } from "./reading.ts";
import { gapRank } from "./tokens.ts";

const sentenceEnd = /[.!?\n\r।…]/;
/** So many words further a person spoken of is forgotten. */
const farWords = 15;

type Stretch = { start: number; end: number };

/** Whether what stands from one offset to another belongs to somebody else: "my boss's email is …", "… is my wife's", "is your email …?". */
export function isOfOthers(reading: Reading, { start, end }: Stretch): boolean {
  if (!["other.person", "other.elsewhere", "other.behind"].some((kind) => reading.spans.has(kind))) return false;
  const { tokens } = reading;
  const behind = tokens.findIndex((token) => token.start >= end);
  const at = tokens.findIndex((token) => token.start >= start);
  return (
    isOfOthersBefore(reading, at < 0 ? tokens.length : at, start) ||
    (behind >= 0 && isOfOthersBehind(reading, behind, end))
  );
}

/** The nearest word before it in its sentence decides: a "my email" behind "my boss" is one's own again. */
function isOfOthersBefore(reading: Reading, at: number, start: number): boolean {
  const { tokens, plain } = reading;
  const before = tokens[at - 1];
  if (before === undefined || sentenceEnd.test(plain.slice(before.end, start))) return false;
  let first = at - 1;
  while (first > 0 && at - first < farWords && tokens[first]?.rank !== gapRank.sentence) first--;
  const nearest = (spans: Span[]) =>
    Math.max(-1, ...spans.flatMap(({ from, to }) => (from >= first && to <= at ? [from] : [])));
  const own = nearest(spokenOwn(reading, ["other.own"]));
  if (nearest(spansOf(reading, "other.person")) > own) return true;
  // "Don't write to …, send it to …": what was asked for last counts.
  return nearest(spansOf(reading, "other.elsewhere")) > Math.max(own, nearest(spokenOwn(reading, ["other.request"])));
}

/** Without what is part of a longer phrase: in "don't email me" nobody says what is theirs. */
function spokenOwn(reading: Reading, kinds: string[]): Span[] {
  const others = [...spansOf(reading, "other.person"), ...spansOf(reading, "other.elsewhere")];
  return outside(
    kinds.flatMap((kind) => spansOf(reading, kind)),
    others,
  );
}

function outside(spans: Span[], longer: Span[]): Span[] {
  return spans.filter(
    ({ from, to }) =>
      !longer.some((other) => other.from <= from && other.to >= to && other.to - other.from > to - from),
  );
}

const clauseEnds = [".", "!", "?", ",", ";", ":", "\n", "\r", "।", "…"];
const askedBehind = /^[^.!?,;:\n\r।…]*\?/;

/** Whether somebody asks about it ("is it …?"), and not for something to be sent there. */
export function isAskedAbout(reading: Reading, { start, end }: Stretch): boolean {
  const { plain, tokens } = reading;
  const behind = askedBehind.exec(plain.slice(end))?.[0];
  if (behind === undefined) return false;
  const opening = Math.max(...clauseEnds.map((mark) => plain.lastIndexOf(mark, start - 1)));
  const isInClause = (token: Stretch) => token.start > opening && token.end <= end + behind.length;
  if (!tokens.some(isInClause)) return false;
  return !spokenOwn(reading, ["other.own", "other.request"]).some(({ from, to }) =>
    tokens.slice(from, to).every(isInClause),
  );
}

function isOfOthersBehind(reading: Reading, behind: number, end: number): boolean {
  const { tokens, plain } = reading;
  let from = behind;
  const opening = plain.slice(end, tokens[behind]?.start);
  if (!sentenceEnd.test(opening) && !opening.includes(",") && isTheirsBehind(reading, behind)) return true;
  if (otherCopulas.has(tokens[behind]?.word ?? "") && !sentenceEnd.test(opening)) from++;
  else if (!opening.includes("(")) return false;
  return spansOf(reading, "other.person").some((span) => span.from === from);
}

function isTheirsBehind(reading: Reading, behind: number): boolean {
  const from = otherCopulas.has(reading.tokens[behind]?.word ?? "") ? behind + 1 : behind;
  return spansOf(reading, "other.behind").some((span) => span.from === from);
}

/** Whether a lead speaks of somebody right before it: "my wife's | name is". */
export function followsOthers({ spans, tokens }: Reading, lead: Span): boolean {
  const people = spans.get("other.person") ?? [];
  return people.some(({ to }) => to === lead.from || (to === lead.from - 1 && tokens[to]?.word === "s"));
}
