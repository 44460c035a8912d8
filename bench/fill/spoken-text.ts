const syllables = "ka lo mi ne ro ta si vé du pa ção li gor bel sum wen fa ñe tri zo hal quin der mó".split(" ");
const { length } = syllables;
/** All words of one, two and three syllables. */
const vocabulary = length + length ** 2 + length ** 3;

/** The word in that place of the order of frequency, from 0; common words are short. */
export function wordOfRank(rank: number): string {
  const before = Math.floor(rank / length) - 1;
  return (before < 0 ? "" : wordOfRank(before)) + syllables[rank % length];
}

/**
 * SQL for what is said in message `i`: 3 to 20 words of a vocabulary in which, as in real languages, the n-th word is said a n-th as
 * often as the first (Zipf). Where few texts repeat, every word stands in tens of thousands of messages, and a search measures only that.
 */
export const spokenText = `(
  select string_agg(concat((s.all)[third.at], (s.all)[1 + second.at % ${length}], (s.all)[1 + rank % ${length}]), ' ')
  from (select array['${syllables.join("','")}'] as all) s
  cross join generate_series(1, 3 + floor(18 * ${chance("23")})::int) place
  cross join lateral (select floor(power(${vocabulary}, ${chance("1000 + place")}))::int - 1 as rank) r
  cross join lateral (select nullif(rank / ${length}, 0) - 1 as at) second
  cross join lateral (select nullif(second.at / ${length}, 0) as at) third)`;

/** A number from 0 to below 1. */
function chance(seed: string): string {
  return `((hashint8extended(i, ${seed}) & 2147483647) / 2147483648::float8)`;
}
