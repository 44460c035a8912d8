import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { onlyRow } from "../../db/only-row.ts";
import { prepared } from "../../db/prepared.ts";

/** So many within any window of this length, counted by all processes together. */
export type QuotaRule = { key: string; limit: number; windowSeconds: number };

export type Quota = { allowed: boolean; limit: number; remaining: number; resetSeconds: number };

/** Takes one of the quota; exact, however many ask at once. */
export async function takeQuota(queries: Queries, rule: QuotaRule, now: Date): Promise<Quota> {
  const { granted, remaining, resetsAt } = await takeShare(queries, rule, 1, now);
  const resetSeconds = Math.max(1, Math.ceil((resetsAt - now.getTime()) / 1000));
  return { allowed: granted > 0, limit: rule.limit, remaining, resetSeconds };
}

export type Share = {
  granted: number;
  /** What the others may still take. */
  remaining: number;
  /** When more than that may pass. */
  resetsAt: number;
  /** So long the answer holds. */
  knownUntil: number;
};

/** Takes up to `size` at once; what is granted over all processes never exceeds the limit. */
export async function takeShare(queries: Queries, rule: QuotaRule, size: number, now: Date): Promise<Share> {
  const window = windowOf(rule, now);
  const row = await onlyRow(queries, take({ ...argsOf(rule, window), size }));
  // Where less than the share is left, it is taken one by one.
  if (!row.granted && size > 1) return takeShare(queries, rule, 1, now);
  const next = nextAt(rule, window, row);
  if (!row.granted) return { granted: 0, remaining: 0, resetsAt: next, knownUntil: next };
  const remaining = Math.max(0, rule.limit - row.carried - row.used);
  const { endsAt } = window;
  return { granted: size, remaining, resetsAt: remaining > 0 ? endsAt : next, knownUntil: endsAt };
}

/** Gives one back: an attempt that turned out to be in order does not count. */
export async function returnQuota(queries: Queries, rule: QuotaRule, now: Date): Promise<void> {
  await queries.run(giveBack({ key: rule.key, startsAt: new Date(windowOf(rule, now).startsAt).toISOString() }));
}

type Window = { startsAt: number; endsAt: number; lengthMs: number; elapsedMs: number };

function windowOf({ windowSeconds }: QuotaRule, now: Date): Window {
  const lengthMs = windowSeconds * 1000;
  const elapsedMs = now.getTime() % lengthMs;
  const startsAt = now.getTime() - elapsedMs;
  return { startsAt, endsAt: startsAt + lengthMs, lengthMs, elapsedMs };
}

/** When the next one may pass: as soon as enough of the window before has slid out, or with the next window. */
function nextAt({ limit }: QuotaRule, { startsAt, endsAt, lengthMs }: Window, { before, used }: Taken): number {
  if (used >= limit || before === 0) return endsAt;
  return startsAt + Math.max(0, lengthMs - Math.floor(((limit - used) * lengthMs) / before));
}

function argsOf({ key, limit }: QuotaRule, { startsAt, endsAt, lengthMs, elapsedMs }: Window) {
  const iso = (time: number) => new Date(time).toISOString();
  const leftMs = lengthMs - elapsedMs;
  const [earlier, keptUntil] = [iso(startsAt - lengthMs), iso(endsAt + lengthMs)];
  return { key, limit, startsAt: iso(startsAt), earlier, keptUntil, lengthMs, leftMs };
}

type Taken = { granted: boolean; used: number; before: number; carried: number };
type TakeArgs = ReturnType<typeof argsOf> & { size: number };

// The window before counts by the part of it that lies within the last hour (or minute): without that, twice the limit passes around
// the clock's edge. Rounded so that who asks evenly, exactly as often as is allowed, is never refused.
const take = prepared<TakeArgs>()(
  (_db, arg) => sql<Taken>`
    with earlier as materialized (
      select b.before, greatest(0, (b.before * ${arg("leftMs")}::bigint - 1) / ${arg("lengthMs")}::bigint)::int as carried
      from (select least(${arg("limit")}::int, coalesce(max(used), 0)) as before from rate_limits
        where key = ${arg("key")} and window_starts_at = ${arg("earlier")}::timestamptz) b
    ), taken as (
      insert into rate_limits as r (key, window_starts_at, used, expires_at)
      select ${arg("key")}, ${arg("startsAt")}::timestamptz, ${arg("size")}::int, ${arg("keptUntil")}::timestamptz
      from earlier where ${arg("size")}::int <= ${arg("limit")}::int - carried
      on conflict (key, window_starts_at) do update set used = r.used + excluded.used
        where r.used + excluded.used <= ${arg("limit")}::int - (select carried from earlier)
      returning used
    )
    select taken.used is not null as granted, earlier.before, earlier.carried, coalesce(taken.used,
      (select used from rate_limits where key = ${arg("key")} and window_starts_at = ${arg("startsAt")}::timestamptz), 0) as used
    from earlier left join taken on true`,
);

const giveBack = prepared<{ key: string; startsAt: string }>()(
  (_db, arg) => sql<never>`
    update rate_limits set used = used - 1
    where key = ${arg("key")} and window_starts_at = ${arg("startsAt")}::timestamptz and used > 0`,
);
