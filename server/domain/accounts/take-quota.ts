import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** So many in a fixed window, counted by all processes together. */
export type QuotaRule = { key: string; limit: number; windowSeconds: number };

export type Quota = { allowed: boolean; limit: number; remaining: number; resetSeconds: number };

/** Takes one of the quota; exact, however many ask at once. */
export async function takeQuota(queries: Queries, rule: QuotaRule, now: Date): Promise<Quota> {
  const { granted, remaining, resetSeconds } = await takeShare(queries, rule, 1, now);
  return { allowed: granted > 0, limit: rule.limit, remaining, resetSeconds };
}

export type Share = { granted: number; remaining: number; resetSeconds: number; windowStartsAt: number };

/** Takes up to `size` at once; what is granted over all processes never exceeds the limit. */
export async function takeShare(queries: Queries, rule: QuotaRule, size: number, now: Date): Promise<Share> {
  const window = windowOf(rule, now);
  const row = await queries.first(
    take({ key: rule.key, limit: rule.limit, size, startsAt: iso(window.startsAt), endsAt: iso(window.endsAt) }),
  );
  const resetSeconds = Math.max(1, Math.ceil((window.endsAt - now.getTime()) / 1000));
  const used = row?.used ?? rule.limit;
  // The last share may run over the limit by a part, which is not granted.
  const granted = row ? Math.min(size, rule.limit - (used - size)) : 0;
  return { granted, remaining: Math.max(0, rule.limit - used), resetSeconds, windowStartsAt: window.startsAt };
}

/** Gives one back: an attempt that turned out to be in order does not count. */
export async function returnQuota(queries: Queries, rule: QuotaRule, now: Date): Promise<void> {
  await queries.run(giveBack({ key: rule.key, startsAt: iso(windowOf(rule, now).startsAt) }));
}

function windowOf(rule: QuotaRule, now: Date): { startsAt: number; endsAt: number } {
  const length = rule.windowSeconds * 1000;
  const startsAt = Math.floor(now.getTime() / length) * length;
  return { startsAt, endsAt: startsAt + length };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

const take = prepared<{ key: string; limit: number; size: number; startsAt: string; endsAt: string }>()(
  (_db, arg) => sql<{ used: number }>`
    insert into rate_limits as r (key, window_starts_at, used, expires_at)
    select ${arg("key")}, ${arg("startsAt")}::timestamptz, ${arg("size")}::int, ${arg("endsAt")}::timestamptz
    where ${arg("limit")}::int > 0
    on conflict (key, window_starts_at) do update set used = r.used + excluded.used where r.used < ${arg("limit")}::int
    returning used`,
);

const giveBack = prepared<{ key: string; startsAt: string }>()(
  (_db, arg) => sql<never>`
    update rate_limits set used = used - 1
    where key = ${arg("key")} and window_starts_at = ${arg("startsAt")}::timestamptz and used > 0`,
);
