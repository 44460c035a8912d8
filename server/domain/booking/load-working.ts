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

export type Week = { id: number; hours: WeeklyHours[] };

/** Who gives a service at a place, when they work there in the week, and when they are booked or away within a range. */
export async function loadWorking(ctx: Ctx, query: WorkingQuery): Promise<Working[]> {
  return loadTaken(ctx, await loadWeeks(ctx, query), query);
}

/** Who gives a service at a place, and when they work there in the week. */
export async function loadWeeks(ctx: Ctx, query: Omit<WorkingQuery, keyof Span>): Promise<Week[]> {
  const { serviceId, locationId, providerIds = null } = query;
  return ctx.db.all(weekOf({ companyId: ctx.companyId, serviceId, locationId, providerIds }));
}

/** When these are booked or away within a range. */
export async function loadTaken(
  ctx: Ctx,
  weeks: Week[],
  query: Span & { exceptAppointmentId?: number },
): Promise<Working[]> {
  const ids = weeks.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [from, to] = [new Date(query.from).toISOString(), new Date(query.to).toISOString()];
  const range = { companyId: ctx.companyId, ids, from, to };
  const [booked, away] = await Promise.all([
    ctx.db.all(bookedIn({ ...range, except: query.exceptAppointmentId ?? 0 })),
    ctx.db.all(awayIn(range)),
  ]);
  const bookedBy = new Map(booked.map((each) => [each.id, spansOf(each)]));
  const awayBy = new Map(away.map((each) => [each.id, plainSpans(each)]));
  return weeks.map(({ id, hours }) => ({ id, hours, booked: bookedBy.get(id) ?? [], away: awayBy.get(id) ?? [] }));
}

/**
 * A provider's times in one text, each as one number: the second of the epoch, and in the lowest 18 bits how long. Of 17,000 visits a
 * row each cost 45 ms, arrays of numbers 22, so 9.
 */
type Taken = { id: number; spans: string | null };

const lengthUnit = 2 ** 18;

// Digit by digit and merged at once where one visit follows on another: words and an object for each visit were mostly garbage.
function spansOf({ spans }: Taken): Span[] {
  const found: Span[] = [];
  if (spans === null) return found;
  let packed = 0;
  for (let index = 0; index <= spans.length; index += 1) {
    const digit = spans.charCodeAt(index) - zero;
    if (digit >= 0) {
      packed = packed * 10 + digit;
      continue;
    }
    const start = Math.floor(packed / lengthUnit);
    addSpan(found, start * 1000, (start + packed - start * lengthUnit) * 1000);
    packed = 0;
  }
  return found;
}

const zero = "0".charCodeAt(0);

function addSpan(spans: Span[], from: number, to: number): void {
  const last = spans.at(-1);
  if (last && from >= last.from && from <= last.to) last.to = Math.max(last.to, to);
  else spans.push({ from, to });
}

/** Time off may last for years: beginning and end in seconds of the epoch. */
function plainSpans({ spans }: Taken): Span[] {
  if (spans === null) return [];
  const seconds = spans.split(" ").map(Number);
  const starts = seconds.filter((_second, index) => index % 2 === 0);
  return starts.map((start, index) => ({ from: start * 1000, to: (seconds[2 * index + 1] ?? start) * 1000 }));
}

// date_part computes in floats; extract does it in numeric, which takes five times as long.
function packed(from: RawBuilder<unknown>, to: RawBuilder<unknown>) {
  const start = sql`floor(date_part('epoch', ${from}))`;
  return sql`array_to_string(array_agg((${start}::int8 << 18) | ceil(date_part('epoch', ${to}) - ${start})::int8), ' ')`;
}

const weekOf = prepared<{ companyId: number; serviceId: number; locationId: number; providerIds: number[] | null }>()(
  (_db, arg) => sql<Week>`
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

// A provider at a time, so that each is one range of appointments_busy_idx and nothing else is read. A visit lasts a day at
// most and its buffer another, so none that began earlier reaches into the range.
const bookedIn = prepared<Range & { except: number }>()(
  (_db, arg) => sql<Taken>`
    select p.id, b.spans
    from unnest(${arg("ids")}::bigint[]) as p (id)
    cross join lateral (
      select ${packed(sql`a.starts_at`, sql`a.busy_until`)} as spans
      from appointments a
      where a.company_id = ${arg("companyId")}::bigint and a.provider_id = p.id
        and a.starts_at > ${arg("from")}::timestamptz - interval '2 days 1 hour' and a.starts_at < ${arg("to")}::timestamptz
        and a.busy_until > ${arg("from")}::timestamptz
        and a.status in ('booked', 'confirmed', 'completed') and a.deleted_at is null and a.id <> ${arg("except")}::bigint
    ) b`,
);

const awayIn = prepared<Range>()(
  (_db, arg) => sql<Taken>`
    select p.id, string_agg(floor(date_part('epoch', t.starts_at))::int8 || ' ' || ceil(date_part('epoch', t.ends_at))::int8, ' ') as spans
    from unnest(${arg("ids")}::bigint[]) as p (id)
    join provider_time_off t on t.company_id = ${arg("companyId")}::bigint and t.provider_id = p.id
      and t.ends_at > ${arg("from")}::timestamptz
    where t.starts_at < ${arg("to")}::timestamptz
    group by p.id`,
);
