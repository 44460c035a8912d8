import { negationWords } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, sliceOf, spansOf } from "./reading.ts";
import { gapRank } from "./tokens.ts";

export type FoundPosition = { position: string; to: number };

const mostWordsAfterLead = 3;

/** The person's job: a known title that follows "I am" or the person's name; a title alone is only talk of somebody. */
export function readPosition(reading: Reading, nameEnd: number | undefined): FoundPosition | undefined {
  const title = spansOf(reading, "position.title").find(
    (span) => span.from === nameEnd || followsLead(reading, span) || followsName(reading, span, nameEnd),
  );
  return title === undefined ? undefined : { position: sliceOf(reading, title.from, title.to), to: title.to };
}

function followsLead(reading: Reading, title: Span): boolean {
  return spansOf(reading, "position.lead").some(
    (lead) =>
      (lead.languages & title.languages & reading.spoken) !== 0 &&
      lead.to <= title.from &&
      title.from - lead.to < mostWordsAfterLead &&
      isUnbroken(reading, lead.to, title.from + 1),
  );
}

// "Ana López, the owner of …"
function followsName(reading: Reading, title: Span, nameEnd: number | undefined): boolean {
  if (nameEnd === undefined || title.from - nameEnd > 1 || title.from < nameEnd) return false;
  return reading.tokens[nameEnd]?.rank !== gapRank.sentence && isUnbroken(reading, nameEnd + 1, title.from + 1);
}

function isUnbroken(reading: Reading, from: number, to: number): boolean {
  return reading.tokens
    .slice(from, to)
    .every((token) => token.rank === gapRank.joined && ((negationWords.get(token.word) ?? 0) & reading.spoken) === 0);
}
