import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { SharedReadings } from "./shared-readings.ts";

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
  const { companyId } = ctx;
  return readings.read(ctx, `${companyId} ${days}`, () =>
    ctx.db.all(sumDays({ companyId, now: ctx.now().toISOString(), days })),
  );
}

const counts = sql`t.sent, t.received, t.contacts_created, t.responses, t.response_ms`;
const readings = new SharedReadings<DayOfTraffic[]>();

// One walk through the hours of all days: each day by itself took a third longer. An hour in which a midnight lies (zones of half
// hours) is taken by its quarters; where there is none, nobody looks for it.
const sumDays = prepared<{ companyId: number; now: string; days: number }>()(
  (_db, arg) => sql<DayOfTraffic>`
    with days as materialized (
      select z.today - ${arg("days")}::int as before_on,
        array_agg(m.midnight order by n) as midnights, bool_and(rollup_bucket(60, m.midnight) = m.midnight) as on_hours
      from (
        select time_zone as name, (${arg("now")}::timestamptz at time zone time_zone)::date as today
        from company_settings where company_id = ${arg("companyId")}::bigint
      ) z cross join generate_series(1, ${arg("days")}::int + 1) n
      cross join lateral (select (z.today - ${arg("days")}::int + n)::timestamp at time zone z.name as midnight) m
      group by z.today
    ), buckets as (
      select width_bucket(t.bucket_at, midnights) as day, ${counts} from days d cross join traffic_rollups t
      where t.company_id = ${arg("companyId")}::bigint and t.minutes = 60
        and t.bucket_at >= (select midnights[1] from days) and t.bucket_at < (select midnights[${arg("days")}::int + 1] from days)
        and (on_hours or t.bucket_at + interval '1 hour' <= midnights[width_bucket(t.bucket_at, midnights) + 1])
      union all
      select width_bucket(t.bucket_at, midnights) as day, ${counts}
      from days d cross join unnest(midnights) at cross join lateral (select rollup_bucket(60, at) as hour) h
      join traffic_rollups t on t.company_id = ${arg("companyId")}::bigint and t.minutes = 15
        and t.bucket_at >= h.hour and t.bucket_at < h.hour + interval '1 hour'
      where h.hour < at and t.bucket_at >= midnights[1] and t.bucket_at < midnights[${arg("days")}::int + 1]
    )
    select to_char(d.before_on + b.day, 'YYYY-MM-DD') as on, sum(b.sent)::bigint as sent, sum(b.received)::bigint as received,
      sum(b.contacts_created)::bigint as "contactsCreated", sum(b.responses)::bigint as responses,
      sum(b.response_ms)::bigint as "responseMs"
    from days d cross join buckets b
    group by d.before_on, b.day
    having sum(b.sent) <> 0 or sum(b.received) <> 0 or sum(b.contacts_created) <> 0
    order by b.day desc`,
);
