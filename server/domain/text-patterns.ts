import { type RawBuilder, sql } from "kysely";

export type TextPatterns = {
  /** The word that a trigram index narrows best; null where none has the three letters in a row that make a trigram. */
  longest: string | null;
  /** Each must match. */
  parts: string[];
};

const mostWords = 8;
const longestQuery = 200;

/** The words of a query as patterns for ILIKE; what would be a wildcard stands for itself. */
export function textPatterns(query: string): TextPatterns {
  const words = query.slice(0, longestQuery).trim().split(/\s+/).slice(0, mostWords);
  const [longest = ""] = words.toSorted((one, other) => lettersInARow(other) - lettersInARow(one));
  return { longest: lettersInARow(longest) < 3 ? null : anywhere(longest), parts: words.map(anywhere) };
}

/** A text that matches all `parts`, with accents or without on either side. */
export function matchesAllSql(
  arg: (key: "parts") => TextPatterns["parts"] | null,
  text: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`folded(${text}) ilike all ((select array_agg(folded(part)) from unnest(${arg("parts")}::text[]) part)::text[])`;
}

/** The same along the trigram index of this text, which `longest` narrows. */
export function foundByTrigramsSql(arg: PatternArgument, text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`folded(${text}) ilike folded(${arg("longest")}::text) and ${matchesAllSql(arg, text)}`;
}

type PatternArgument = <Key extends keyof TextPatterns>(key: Key) => TextPatterns[Key];

function lettersInARow(word: string): number {
  return Math.max(0, ...(word.match(/[\p{L}\p{N}]+/gu) ?? []).map((run) => Array.from(run).length));
}

function anywhere(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}
