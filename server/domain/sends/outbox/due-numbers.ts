import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";

export type DueNumber = { companyId: number; channelAccountId: number; provider: string };

/** The numbers, over all companies, that have something to send now and do not pause. */
export async function dueNumbers(db: Queries, now: Date): Promise<DueNumber[]> {
  return db.all(selectDueNumbers({ now: now.toISOString() }));
}

// Jumps from number to number along the index, so that a hundred thousand waiting messages of one cost no more than one.
const selectDueNumbers = prepared<{ now: string }>()(
  (_db, arg) => sql<DueNumber>`
    with recursive numbers as (
      (select company_id, channel_account_id from outbound_sends where state = 'queued' order by company_id, channel_account_id limit 1)
      union all
      select n.company_id, n.channel_account_id from numbers w cross join lateral (
        select company_id, channel_account_id from outbound_sends
        where state = 'queued' and (company_id, channel_account_id) > (w.company_id, w.channel_account_id)
        order by company_id, channel_account_id limit 1
      ) n
    )
    select n.company_id as "companyId", n.channel_account_id as "channelAccountId", a.provider from numbers n
    join channel_accounts a on a.company_id = n.company_id and a.id = n.channel_account_id
    left join number_rates r on r.company_id = n.company_id and r.channel_account_id = n.channel_account_id
    where (r.paused_until is null or r.paused_until <= ${arg("now")}::timestamptz)
      and exists (
        select from outbound_sends s where s.company_id = n.company_id and s.channel_account_id = n.channel_account_id
          and s.state = 'queued' and s.next_attempt_at <= ${arg("now")}::timestamptz)
    limit 10000`,
);
