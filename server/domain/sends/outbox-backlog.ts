import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { onlyRow } from "../../db/only-row.ts";
import { prepared } from "../../db/prepared.ts";
import { secondsSinceSql } from "../seconds-since-sql.ts";

export type OutboxBacklog = {
  /** Up to 10,000: more is the same news. */
  queued: number;
  /** Of these, the ones whose number is paused or not connected. */
  stopped: number;
  /** Since when the one that could leave and has not waits. */
  oldest_seconds: number | null;
  /** Nobody knows whether the vendor took them; most are known within minutes. Up to 10,000. */
  unknown: number;
  unknown_over_an_hour: number;
  unknown_oldest_seconds: number | null;
};

/** What of all companies has not left yet, and what nobody knows the fate of. */
export async function outboxBacklog(db: Pick<Queries, "first">): Promise<OutboxBacklog> {
  return onlyRow(db, selectBacklog({}));
}

const selectBacklog = prepared<object>()(
  () => sql<OutboxBacklog>`
    with waiting as (
      select s.next_attempt_at, coalesce(r.paused_until > now(), false) or a.status <> 'connected' as stopped
      from (select company_id, channel_account_id, next_attempt_at from outbound_sends where state = 'queued' limit 10000) s
      join channel_accounts a on a.company_id = s.company_id and a.id = s.channel_account_id
      left join number_rates r on r.company_id = s.company_id and r.channel_account_id = s.channel_account_id
    ), lost as (
      select coalesce(called_at, created_at) as at from outbound_sends
      where state = 'unknown' order by next_attempt_at limit 10000
    )
    select count(*)::int as queued, (count(*) filter (where stopped))::int as stopped,
      ${secondsSinceSql(sql`min(next_attempt_at) filter (where not stopped and next_attempt_at <= now())`)} as oldest_seconds,
      (select count(*)::int from lost) as unknown,
      (select count(*)::int from lost where at < now() - interval '1 hour') as unknown_over_an_hour,
      (select ${secondsSinceSql(sql`min(at)`)} from lost) as unknown_oldest_seconds
    from waiting`,
);
