import { type RawBuilder, sql } from "kysely";

/** Whole seconds. Columns keep milliseconds and round up, so what happened just now may lie half a millisecond ahead. */
export function secondsSinceSql(time: RawBuilder<unknown>): RawBuilder<number | null> {
  return sql`floor(abs(extract(epoch from now() - ${time})))::int`;
}
