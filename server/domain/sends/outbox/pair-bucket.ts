import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";

/** Each message uses six seconds of its pair (number, person); the policy reads how far they are ahead and lets 45 be borrowed. */
export async function takePairTurns(
  tx: TxCtx,
  sends: { contactId: number; channelAccountId: number }[],
): Promise<void> {
  await tx.tx.run(
    addTurns({
      companyId: tx.companyId,
      accountIds: sends.map(({ channelAccountId }) => channelAccountId),
      contactIds: sends.map(({ contactId }) => contactId),
      now: tx.now().toISOString(),
    }),
  );
}

const addTurns = prepared<{ companyId: number; accountIds: number[]; contactIds: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    insert into pair_rates (company_id, channel_account_id, contact_id, next_free_at)
    select ${arg("companyId")}::bigint, p.channel_account_id, p.contact_id, ${arg("now")}::timestamptz + count(*) * interval '6 seconds'
    from unnest(${arg("accountIds")}::bigint[], ${arg("contactIds")}::bigint[]) as p (channel_account_id, contact_id)
    group by p.channel_account_id, p.contact_id order by p.channel_account_id, p.contact_id
    on conflict (company_id, channel_account_id, contact_id) do update set
      next_free_at = greatest(pair_rates.next_free_at, ${arg("now")}::timestamptz) + (excluded.next_free_at - ${arg("now")}::timestamptz)`,
);
