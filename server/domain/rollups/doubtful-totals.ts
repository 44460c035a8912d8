import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** The companies whose totals are not what their tables hold; the quick part of the check. */
export async function doubtfulTotals(queries: Queries): Promise<{ slug: string }[]> {
  return queries.all(selectDoubtful({}));
}

const selectDoubtful = prepared<object>()(
  () => sql<{ slug: string }>`
    select c.slug from company_totals_missing m join companies c on c.id = m.company_id order by c.slug limit 20`,
);
