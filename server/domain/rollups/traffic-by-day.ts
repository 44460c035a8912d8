import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { trafficBetween } from "./traffic-between.ts";

export type DayOfTraffic = {
  /** In the company's time zone. */
  on: string;
  sent: number;
  received: number;
  contactsCreated: number;
  /** Of the messages received that day: how many were answered since, and after how many milliseconds all together. */
  responses: number;
  responseMs: number;
};

/** Today and the days before it, `days` in all, newest first; a day on which nothing happened is left out. */
export async function trafficByDay(ctx: Ctx, days: number): Promise<DayOfTraffic[]> {
  requireWholeReach(ctx);
  return ctx.db.all(sumDays({ companyId: ctx.companyId, now: ctx.now().toISOString(), days }));
}

// Day by day between its two midnights: to ask of each bucket which day it belongs to takes three times as long.
const sumDays = prepared<{ companyId: number; now: string; days: number }>()(
  (_db, arg) => sql<DayOfTraffic>`
    with days as (
      select d.on, d.on::timestamp at time zone z.name as from_at, (d.on + 1)::timestamp at time zone z.name as to_at
      from (
        select time_zone as name, (${arg("now")}::timestamptz at time zone time_zone)::date as today
        from company_settings where company_id = ${arg("companyId")}::bigint
      ) z cross join lateral (select z.today - n as on from generate_series(0, ${arg("days")}::int - 1) n) d
    )
    select to_char(d.on, 'YYYY-MM-DD') as on, t.sent::bigint, t.received::bigint, t.contacts_created::bigint as "contactsCreated",
      t.responses::bigint, t.response_ms::bigint as "responseMs"
    from days d cross join lateral (
      select sum(sent) as sent, sum(received) as received, sum(contacts_created) as contacts_created, sum(responses) as responses,
        sum(response_ms) as response_ms
      from (${trafficBetween(sql`${arg("companyId")}::bigint`, sql`d.from_at`, sql`d.to_at`)}) b
    ) t
    where t.sent <> 0 or t.received <> 0 or t.contacts_created <> 0
    order by d.on desc`,
);
