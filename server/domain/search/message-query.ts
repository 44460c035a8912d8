import { indexedRuns, pairsOf, type WordRun } from "../../../shared/search-words.ts";

/** What is sought: parts that must all be there, each a row of runs that stand side by side. */
export type MessageQuery = { parts: QueryPart[] };
export type QueryPart = { runs: WordRun[]; prefix: boolean };

const longestQuery = 200;
const mostParts = 12;

/**
 * Reads what a person typed: words, of which the last may be a beginning, and phrases in quotes, whose words stand side by side. A
 * script without spaces is sought by any fragment. Nothing where there is no letter.
 */
export function readMessageQuery(text: string): MessageQuery | undefined {
  const pieces = text.slice(0, longestQuery).toWellFormed().split('"');
  const parts = pieces.flatMap((piece, index): QueryPart[] => {
    const runs = indexedRuns(piece);
    // The piece behind an odd quote that is never closed is words like others.
    if (index % 2 === 1 && index < pieces.length - 1) return runs.length > 0 ? [{ runs, prefix: false }] : [];
    return runs.map((run) => ({ runs: [run], prefix: false }));
  });
  const last = parts.at(-1);
  if (last && !text.trimEnd().endsWith('"')) last.prefix = true;
  return parts.length === 0 ? undefined : { parts: parts.slice(0, mostParts) };
}

/** The same as PostgreSQL's tsquery. The words hold letters only, so nothing in them needs escaping. */
export function tsqueryOf({ parts }: MessageQuery): string {
  return parts.map((part) => `(${lexemesOf(part, "").join(" <-> ")})`).join(" & ");
}

/** What the index of words can answer by itself, part by part: a '#' stands where a week goes before each word, side by side is left out. */
export function indexPartsOf({ parts }: MessageQuery): string[] {
  return parts.map((part) => `(${lexemesOf(part, "#").join(" & ")})`);
}

export function hasPhrases(query: MessageQuery): boolean {
  return query.parts.some((part) => lexemesOf(part, "").length > 1);
}

function lexemesOf({ runs, prefix }: QueryPart, before: string): string[] {
  return runs.flatMap((run, index) => {
    const isLast = index === runs.length - 1;
    if (run.kind === "word") return [lexeme(before + run.word, prefix || isCut(run.word) ? "prefix" : "whole")];
    const pairs = pairsOf(run.word, isLast ? "part" : "whole");
    return pairs.map((pair) => lexeme(before + pair, isLast && Array.from(run.word).length === 1 ? "prefix" : "whole"));
  });
}

// Words are cut at 60 letters here, and in the index only where they are not ASCII.
function isCut(word: string): boolean {
  return Array.from(word).length >= 60;
}

function lexeme(word: string, extent: "prefix" | "whole"): string {
  return extent === "prefix" ? `'${word}':*` : `'${word}'`;
}
