import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** The next visit of somebody, on the clock of its place. */
export type VisitAhead = { contactId: number; startsAt: string; timeZone: string };

/** By person; who has none is not among them. */
export async function visitsAhead(ctx: Ctx, contactIds: number[]): Promise<Map<number, VisitAhead>> {
  const rows = await ctx.db.all(nextOf({ companyId: ctx.companyId, contactIds, now: ctx.now().toISOString() }));
  return new Map(rows.map((row) => [row.contactId, row]));
}

const nextOf = prepared<{ companyId: number; contactIds: number[]; now: string }>()(
  (_db, arg) => sql<VisitAhead>`
    select r.contact_id as "contactId", a.starts_at as "startsAt", l.time_zone as "timeZone"
    from unnest(${arg("contactIds")}::bigint[]) as r (contact_id)
    cross join lateral (
      select starts_at, location_id from appointments
      where company_id = ${arg("companyId")}::bigint and contact_id = r.contact_id and deleted_at is null
        and status in ('booked', 'confirmed') and starts_at > ${arg("now")}::timestamptz
      order by starts_at limit 1
    ) a
    join locations l on l.company_id = ${arg("companyId")}::bigint and l.id = a.location_id`,
);
