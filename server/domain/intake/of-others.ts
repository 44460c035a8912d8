import { otherCopulas } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, spansOf } from "./reading.ts";
import { gapRank } from "./tokens.ts";

const sentenceEnd = /[.!?\n\r।…]/;
/** So many words further a person spoken of is forgotten. */
const farWords = 15;

/** Whether what stands from one offset to another belongs to somebody else: "my boss's email is …", "… is my wife's". */
export function isOfOthers(reading: Reading, { start, end }: { start: number; end: number }): boolean {
  if (!reading.spans.has("other.person")) return false;
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
  const nearest = (kind: string) =>
    Math.max(-1, ...spansOf(reading, kind).flatMap(({ from, to }) => (from >= first && to <= at ? [from] : [])));
  return nearest("other.person") > nearest("other.own");
}

function isOfOthersBehind(reading: Reading, behind: number, end: number): boolean {
  const { tokens, plain } = reading;
  let from = behind;
  const opening = plain.slice(end, tokens[behind]?.start);
  if (otherCopulas.has(tokens[behind]?.word ?? "") && !sentenceEnd.test(opening)) from++;
  else if (!opening.includes("(")) return false;
  return spansOf(reading, "other.person").some((span) => span.from === from);
}

/** Whether a lead speaks of somebody right before it: "my wife's | name is". */
export function followsOthers({ spans, tokens }: Reading, lead: Span): boolean {
  const people = spans.get("other.person") ?? [];
  return people.some(({ to }) => to === lead.from || (to === lead.from - 1 && tokens[to]?.word === "s"));
}
