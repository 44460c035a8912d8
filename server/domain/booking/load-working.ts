import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { Span, Working } from "./cut-slots.ts";
import type { WeeklyHours } from "./weekly-hours.ts";

export type WorkingQuery = Span & {
  serviceId: number;
  locationId: number;
  /** Only these; all who give the service there where not said. */
  providerIds?: number[];
  /** An appointment that is to be moved does not stand in its own way. */
  exceptAppointmentId?: number;
};

/** Who gives a service at a place, when they work there in the week, and when they are booked or away within a range. */
export async function loadWorking(ctx: Ctx, query: WorkingQuery): Promise<Working[]> {
  const { companyId } = ctx;
  const { serviceId, locationId, providerIds = null } = query;
  const hours = await ctx.db.all(weekOf({ companyId, serviceId, locationId, providerIds }));
  const ids = hours.map(({ id }) => id);
  if (ids.length === 0) return [];
  const range = { companyId, ids, from: new Date(query.from).toISOString(), to: new Date(query.to).toISOString() };
  const [booked, away] = await Promise.all([
    ctx.db.all(bookedIn({ ...range, except: query.exceptAppointmentId ?? 0 })),
    ctx.db.all(awayIn(range)),
  ]);
  const bookedBy = new Map(booked.map((each) => [each.id, spansOf(each)]));
  const awayBy = new Map(away.map((each) => [each.id, spansOf(each)]));
  return hours.map(({ id, hours: week }) => ({
    id,
    hours: week,
    booked: bookedBy.get(id) ?? [],
    away: awayBy.get(id) ?? [],
  }));
}

/** A provider's times as milliseconds of the epoch; a row for each would cost more than all the rest (10,000 rows: 25 ms of Node). */
type Taken = { id: number; from: number[]; to: number[] };

function spansOf({ from, to }: Taken): Span[] {
  return from.map((start, index) => ({ from: start, to: to[index] ?? start }));
}

// Both lists in the order of the same rows, so that a start finds its end.
const milliseconds = (times: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
  sql`array_agg((extract(epoch from ${times}) * 1000)::bigint order by ${id})`;

const weekOf = prepared<{ companyId: number; serviceId: number; locationId: number; providerIds: number[] | null }>()(
  (_db, arg) => sql<{ id: number; hours: WeeklyHours[] }>`
    select p.id, coalesce(h.hours, '[]') as hours
    from provider_locations l
    join provider_services s on s.company_id = l.company_id and s.provider_id = l.provider_id and s.service_id = ${arg("serviceId")}::bigint
    join providers p on p.company_id = l.company_id and p.id = l.provider_id and p.active
    left join lateral (
      select jsonb_agg(jsonb_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)) as hours
      from provider_hours h where h.company_id = l.company_id and h.provider_id = l.provider_id and h.location_id = l.location_id
    ) h on true
    where l.company_id = ${arg("companyId")}::bigint and l.location_id = ${arg("locationId")}::bigint
      and (${arg("providerIds")}::bigint[] is null or l.provider_id = any(${arg("providerIds")}::bigint[]))
    order by p.id limit 200`,
);

type Range = { companyId: number; ids: number[]; from: string; to: string };

// A provider at a time, so that each is one range of the exclusion constraint's index.
const bookedIn = prepared<Range & { except: number }>()(
  (_db, arg) => sql<Taken>`
    select p.id, ${milliseconds(sql`a.starts_at`, sql`a.id`)} as "from", ${milliseconds(sql`a.busy_until`, sql`a.id`)} as "to"
    from unnest(${arg("ids")}::bigint[]) as p (id)
    join appointments a on a.company_id = ${arg("companyId")}::bigint and a.provider_id = p.id
      and tstzrange(a.starts_at, a.busy_until) && tstzrange(${arg("from")}::timestamptz, ${arg("to")}::timestamptz)
    where a.status in ('booked', 'confirmed', 'completed') and a.deleted_at is null and a.id <> ${arg("except")}::bigint
    group by p.id`,
);

const awayIn = prepared<Range>()(
  (_db, arg) => sql<Taken>`
    select p.id, ${milliseconds(sql`t.starts_at`, sql`t.id`)} as "from", ${milliseconds(sql`t.ends_at`, sql`t.id`)} as "to"
    from unnest(${arg("ids")}::bigint[]) as p (id)
    join provider_time_off t on t.company_id = ${arg("companyId")}::bigint and t.provider_id = p.id
      and t.ends_at > ${arg("from")}::timestamptz
    where t.starts_at < ${arg("to")}::timestamptz
    group by p.id`,
);
