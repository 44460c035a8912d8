import { type WordRun, wordRuns } from "../../../shared/search-words.ts";
import type { MessageQuery } from "./message-query.ts";

/** A part of a text with the places found in it, in code units. The text is as it was written: whoever shows it escapes it. */
export type Snippet = { text: string; ranges: { start: number; end: number }[] };

const longestSnippet = 200;
const before = 40;
const mostRanges = 20;

/** The text around the first place that was found. */
export function snippetOf(text: string, query: MessageQuery): Snippet {
  const sought = query.parts.flatMap(({ runs, prefix }) => runs.map((run) => ({ ...run, prefix })));
  const found = wordRuns(text)
    .flatMap((run) => placesIn(run, sought))
    .toSorted((one, other) => one.start - other.start);
  const from = startOf(text, found[0]?.start ?? 0);
  const part = text.slice(from, from + longestSnippet).toWellFormed();
  const [opening, closing] = [from > 0 ? "…" : "", from + longestSnippet < text.length ? "…" : ""];
  const shift = opening.length - from;
  const ranges = found
    .filter(({ start, end }) => start >= from && end <= from + part.length)
    .slice(0, mostRanges)
    .map(({ start, end }) => ({ start: start + shift, end: end + shift }));
  return { text: `${opening}${part}${closing}`, ranges };
}

// A little before what was found, at the beginning of a word where one is near.
function startOf(text: string, first: number): number {
  if (first <= before) return 0;
  const space = text.slice(first - before, first).indexOf(" ");
  const start = space === -1 ? first : first - before + space + 1;
  return /[\udc00-\udfff]/.test(text.charAt(start)) ? start + 1 : start;
}

function placesIn(run: WordRun, sought: (WordRun & { prefix: boolean })[]): { start: number; end: number }[] {
  return sought.flatMap((each) => {
    if (each.kind !== run.kind) return [];
    if (each.kind === "word") {
      const meets = each.prefix ? run.word.startsWith(each.word) : run.word === each.word;
      return meets ? [{ start: run.start, end: run.end }] : [];
    }
    const at = run.word.indexOf(each.word);
    // Letters of these scripts fold one to one, so a place in the folded run is one in the text.
    return at === -1 ? [] : [{ start: run.start + at, end: Math.min(run.start + at + each.word.length, run.end) }];
  });
}
