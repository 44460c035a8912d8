import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { resumeNumber } from "../sends/pause-number.ts";
import { clearChannelProblem } from "./mark-channel-problem.ts";

/** A message that left after payment was found missing, and arrived, proves that somebody pays again. Called with what was just delivered. */
export async function provePayment(tx: TxCtx, messageIds: number[]): Promise<void> {
  if (messageIds.length === 0) return;
  const proved = await tx.tx.all(selectProved({ companyId: tx.companyId, messageIds }));
  for (const { channelAccountId } of proved) {
    await clearChannelProblem(tx, { channelAccountId, problem: "payment_missing" });
    await resumeNumber(tx, channelAccountId);
  }
}

// What is free arrives without payment too: while something that costs waits for it, only a billed message is a proof.
const selectProved = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<{ channelAccountId: number }>`
    select distinct a.id as "channelAccountId" from channel_accounts a
    join outbound_sends s on s.company_id = a.company_id and s.channel_account_id = a.id
    where a.company_id = ${arg("companyId")}::bigint and a.health #> '{problems,payment_missing}' is not null
      and s.message_id = any(${arg("messageIds")}::bigint[])
      and s.called_at >= (a.health #>> '{problems,payment_missing,since}')::timestamptz
      and (s.pricing ->> 'billable' = 'true' or not exists (
        select from outbound_sends w where w.company_id = a.company_id and w.channel_account_id = a.id and w.state = 'queued'
          and w.error_class = 'account_setup' and w.price > 0))
    order by 1`,
);
