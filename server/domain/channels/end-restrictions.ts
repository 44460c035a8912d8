import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type EndedRestriction = { companyId: number; id: number };

/** Numbers whose restriction had an end, and it has come. */
export async function endedRestrictions(db: Pick<Queries, "all">, now: Date): Promise<EndedRestriction[]> {
  return db.all(selectEnded({ now: now.toISOString() }));
}

const selectEnded = prepared<{ now: string }>()(
  (_db, arg) => sql<EndedRestriction>`
    select company_id as "companyId", id from channel_accounts
    where health #>> '{problems,restricted,until}' is not null
      and (health #>> '{problems,restricted,until}')::timestamptz <= ${arg("now")}::timestamptz
    order by id limit 500`,
);
