import { type RawBuilder, sql } from "kysely";

const columns = [
  "appointments_total",
  "appointments_completed",
  "appointments_cancelled",
  "appointments_missed",
  "lifetime_value",
  "first_visit_at",
  "last_visit_at",
  "average_gap_days",
  "expected_next_visit_on",
  "median_gap_days",
  "gap_deviation_days",
  "due_from_on",
  "due_until_on",
  "loyalty_points",
  "loyalty_earned",
] as const;

function listed(write: (column: string) => string): RawBuilder<unknown> {
  return sql.raw(columns.map(write).join(", "));
}

/** Of a record `r` and its recount `x`: what follows from visits and points. */
export const recountedSet = listed((column) => `${column} = x.${column}`);
export const recordedRow = sql`(${listed((column) => `r.${column}`)})`;
export const recountedRow = sql`(${listed((column) => `x.${column}`)})`;
