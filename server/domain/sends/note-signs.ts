import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Notes that webhooks of these numbers reach us: statuses, or messages of people. */
export async function noteSigns(
  tx: TxCtx,
  { statuses, messages }: { statuses: number[]; messages: number[] },
): Promise<void> {
  const all = [...new Set([...statuses, ...messages])];
  if (all.length === 0) return;
  await tx.tx.run(writeSigns({ companyId: tx.companyId, all, statuses, messages, now: tx.now().toISOString() }));
}

// Once a second is enough, and a number that a worker holds just now is left to the next webhook: nobody waits here.
const writeSigns = prepared<{
  companyId: number;
  all: number[];
  statuses: number[];
  messages: number[];
  now: string;
}>()(
  (_db, arg) => sql<never>`
    with due as (
      select channel_account_id, channel_account_id = any(${arg("statuses")}::bigint[]) as status,
        channel_account_id = any(${arg("messages")}::bigint[]) as message
      from number_rates
      where company_id = ${arg("companyId")}::bigint and channel_account_id = any(${arg("all")}::bigint[])
        and least(
          case when channel_account_id = any(${arg("statuses")}::bigint[]) then coalesce(last_status_at, '-infinity') end,
          case when channel_account_id = any(${arg("messages")}::bigint[]) then coalesce(last_inbound_at, '-infinity') end
        ) < ${arg("now")}::timestamptz - interval '1 second'
      order by channel_account_id for update skip locked
    )
    update number_rates r set
      last_status_at = case when due.status then greatest(r.last_status_at, ${arg("now")}::timestamptz) else r.last_status_at end,
      last_inbound_at = case when due.message then greatest(r.last_inbound_at, ${arg("now")}::timestamptz) else r.last_inbound_at end
    from due where r.company_id = ${arg("companyId")}::bigint and r.channel_account_id = due.channel_account_id`,
);
