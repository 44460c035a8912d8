import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { Taken } from "./cut-slots.ts";
import type { ProviderHours } from "./provider-hours.ts";
import { mergedHours, type WeeklyHours } from "./weekly-hours.ts";
import type { Span } from "./working-spans.ts";

/** When a provider works, and by what their time is taken within a window. */
export type Calendar = {
  id: number;
  /** As long as a provider's token is this one, nothing of the calendar has changed. */
  token: string;
  /** The seconds of what is taken count from its beginning. */
  window: Span;
  booked: Taken;
  away: Taken;
  weeks: Map<number, Week>;
};

/** The hours at one place; equal ones have an equal key. */
export type Week = { key: string; hours: WeeklyHours[] };

/** All of it at one moment, the token included. */
export async function loadCalendars(ctx: Ctx, ids: number[], window: Span): Promise<Calendar[]> {
  const seconds = { from: window.from / 1000, to: window.to / 1000 };
  const rows = await ctx.db.all(calendarsOf({ companyId: ctx.companyId, ids, ...seconds }));
  return rows.map(({ id, token, hours, booked, away }) => ({
    ...{ id, token, window },
    booked: takenOf(booked),
    away: takenOf(away),
    weeks: weeksOf(hours),
  }));
}

/** One number each: when it begins, and in the lowest 24 bits (half a year, more than a window) how long it is. */
const lengthUnit = 2 ** 24;
const zero = "0".charCodeAt(0);

// Digit by digit and merged at once where one visit follows on another: words and an object for each visit were mostly garbage.
function takenOf(packed: string | null): Taken {
  const found: number[] = [];
  if (packed === null) return new Int32Array();
  let number = 0;
  for (let index = 0; index <= packed.length; index += 1) {
    const digit = packed.charCodeAt(index) - zero;
    if (digit >= 0) {
      number = number * 10 + digit;
      continue;
    }
    const from = Math.floor(number / lengthUnit);
    addTaken(found, from, from + number - from * lengthUnit);
    number = 0;
  }
  return Int32Array.from(found);
}

// They come by their beginnings.
function addTaken(found: number[], from: number, to: number): void {
  const end = found.at(-1) ?? -1;
  if (from > end) found.push(from, to);
  else if (to > end) found[found.length - 1] = to;
}

function weeksOf(hours: ProviderHours[]): Map<number, Week> {
  const places = Map.groupBy(hours, ({ locationId }) => locationId);
  return new Map(
    [...places].map(([locationId, list]) => {
      const merged = mergedHours(list);
      return [locationId, { key: JSON.stringify(merged), hours: merged }];
    }),
  );
}

type Args = { companyId: number; ids: number[]; from: number; to: number };
type Row = { id: number; token: string; hours: ProviderHours[]; booked: string | null; away: string | null };

/**
 * A provider's times in one text of numbers: of 17,000 visits a row each cost 45 ms, arrays of numbers 22, so 9. date_part computes in
 * floats; extract does it in numeric, which takes five times as long.
 */
function packed(
  arg: <Key extends keyof Args>(key: Key) => Args[Key],
  table: RawBuilder<unknown>,
  until: RawBuilder<unknown>,
) {
  const from = sql`(greatest(floor(date_part('epoch', ${table}.starts_at)), ${arg("from")}::float8) - ${arg("from")}::float8)`;
  const to = sql`(least(ceil(date_part('epoch', ${until})), ${arg("to")}::float8) - ${arg("from")}::float8)`;
  return sql`array_to_string(array_agg((${from}::int8 << 24) | (${to} - ${from})::int8 order by ${table}.starts_at), ' ')`;
}

// A provider at a time, so that each is one range of appointments_busy_idx and nothing else is read. A visit lasts a day at
// most and its buffer another, so none that began earlier reaches into the window.
const calendarsOf = prepared<Args>()(
  (_db, arg) => sql<Row>`
    select p.id, coalesce(c.token::text, '') as token, coalesce(h.hours, '[]') as hours, b.booked, t.away
    from unnest(${arg("ids")}::bigint[]) as p (id)
    left join provider_calendars c on c.company_id = ${arg("companyId")}::bigint and c.provider_id = p.id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('locationId', location_id, 'weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)) as hours
      from provider_hours h where h.company_id = ${arg("companyId")}::bigint and h.provider_id = p.id
    ) h
    cross join lateral (
      select ${packed(arg, sql`a`, sql`a.busy_until`)} as booked
      from appointments a
      where a.company_id = ${arg("companyId")}::bigint and a.provider_id = p.id
        and a.starts_at > to_timestamp(${arg("from")}::float8) - interval '2 days 1 hour' and a.starts_at < to_timestamp(${arg("to")}::float8)
        and a.busy_until > to_timestamp(${arg("from")}::float8)
        and a.status in ('booked', 'confirmed', 'completed') and a.deleted_at is null
    ) b
    cross join lateral (
      select ${packed(arg, sql`o`, sql`o.ends_at`)} as away
      from provider_time_off o
      where o.company_id = ${arg("companyId")}::bigint and o.provider_id = p.id
        and o.ends_at > to_timestamp(${arg("from")}::float8) and o.starts_at < to_timestamp(${arg("to")}::float8)
    ) t`,
);
