import { sql } from "kysely";
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
  const bookedBy = Map.groupBy(booked, ({ id }) => id);
  const awayBy = Map.groupBy(away, ({ id }) => id);
  return hours.map(({ id, hours: week }) => ({
    id,
    hours: week,
    booked: (bookedBy.get(id) ?? []).map(spanOf),
    away: (awayBy.get(id) ?? []).map(spanOf),
  }));
}

type Taken = { id: number; from: string; to: string };

function spanOf({ from, to }: Taken): Span {
  return { from: Date.parse(from), to: Date.parse(to) };
}

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
    select a.provider_id as id, a.starts_at as "from", a.busy_until as "to"
    from unnest(${arg("ids")}::bigint[]) as p (id)
    join appointments a on a.company_id = ${arg("companyId")}::bigint and a.provider_id = p.id
      and tstzrange(a.starts_at, a.busy_until) && tstzrange(${arg("from")}::timestamptz, ${arg("to")}::timestamptz)
    where a.status in ('booked', 'confirmed', 'completed') and a.deleted_at is null and a.id <> ${arg("except")}::bigint`,
);

const awayIn = prepared<Range>()(
  (_db, arg) => sql<Taken>`
    select t.provider_id as id, t.starts_at as "from", t.ends_at as "to"
    from unnest(${arg("ids")}::bigint[]) as p (id)
    join provider_time_off t on t.company_id = ${arg("companyId")}::bigint and t.provider_id = p.id
      and t.ends_at > ${arg("from")}::timestamptz
    where t.starts_at < ${arg("to")}::timestamptz`,
);
