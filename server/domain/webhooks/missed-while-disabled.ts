import { sql } from "kysely";
import { webhookEventTypes } from "../../../shared/webhook-events.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Webhook } from "./webhook.ts";

/** A replay reaches so far back, and takes the newest so many events. */
export const replayReach = { oldestMs: 30 * 86_400_000, mostEvents: 10_000 };

/** So many of the company's events are looked through, whatever the endpoint wants of them: the counting holds the endpoint. */
const mostLookedThrough = 200_000;

/** What a disabled endpoint was not told; a replay since then sends it. */
export type Missed = {
  /** When the first of them happened. */
  since: string;
  count: number;
  /** There are more than a replay takes, or may be behind those that were looked through. */
  hasMore: boolean;
};

/** What failed as the endpoint was given up, and what happened until now; null where it missed nothing. */
export async function missedWhileDisabled(tx: TxCtx, webhook: Webhook): Promise<Missed | null> {
  if (webhook.disabledAt === null) return null;
  const found = await tx.tx.first(
    countMissed({
      companyId: tx.companyId,
      webhookId: webhook.id,
      types: wantedTypes(webhook),
      disabledAt: webhook.disabledAt,
      failingSince: webhook.failingSince ?? webhook.disabledAt,
      oldest: new Date(tx.now().getTime() - replayReach.oldestMs + 60_000).toISOString(),
      most: replayReach.mostEvents,
      lookedThrough: mostLookedThrough,
    }),
  );
  if (!found || found.count === 0) return null;
  const { since, count, seen, goesOn } = found;
  return { since, count, hasMore: seen > replayReach.mostEvents || goesOn };
}

export function wantedTypes({ eventTypes }: Webhook): string[] {
  return eventTypes.includes("*") ? [...webhookEventTypes] : eventTypes;
}

type Args = {
  companyId: number;
  webhookId: number;
  types: string[];
  disabledAt: string;
  failingSince: string;
  oldest: string;
  most: number;
  lookedThrough: number;
};

// Newest first along the key, as the replay takes them.
const countMissed = prepared<Args>()(
  (_db, arg) => sql<{ since: string; count: number; seen: number; goesOn: boolean }>`
    with told as (
      select event_id, state, finished_at from webhook_deliveries
      where company_id = ${arg("companyId")}::bigint and endpoint_id = ${arg("webhookId")}::bigint
    ), first_failed as (
      select min(e.created_at) as at from told t
      join events e on e.company_id = ${arg("companyId")}::bigint and e.id = t.event_id
      where t.state = 'failed' and t.finished_at >= least(${arg("failingSince")}::timestamptz, ${arg("disabledAt")}::timestamptz)
    ), beginning as (
      select greatest(${arg("oldest")}::timestamptz,
        least(first_failed.at, ${arg("failingSince")}::timestamptz, ${arg("disabledAt")}::timestamptz)) as at
      from first_failed
    ), latest as (
      select id, type, created_at from events where company_id = ${arg("companyId")}::bigint
      order by id desc limit ${arg("lookedThrough")}::int
    ), newest as (
      select id, created_at from latest where type = any(${arg("types")}::text[]) order by id desc limit ${arg("most")}::int + 1
    ), within as (
      select newest.id, newest.created_at, row_number() over (order by newest.id desc) as place from newest, beginning
      where newest.created_at >= beginning.at
    ), missed as (
      select created_at from within where place <= ${arg("most")}::int
        and not exists (select from told where told.event_id = within.id and told.state <> 'failed')
    )
    select (select min(created_at) from missed) as since, (select count(*)::int from missed) as count,
      (select count(*)::int from within) as seen,
      (select count(*) = ${arg("lookedThrough")}::int and min(created_at) >= (select at from beginning) from latest) as "goesOn"`,
);
