import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Repeats on the people what stands on their conversations: last message, unread count, when we last wrote. */
export async function refreshMessaged(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length > 0) await tx.tx.run(updateMessaged({ companyId: tx.companyId, contactIds }));
}

const updateMessaged = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<never>`
    update contacts p set last_message_at = v.last_message_at, unread_count = v.unread_count,
      last_contacted_at = greatest(p.last_contacted_at, v.last_outbound_at)
    from (
      select contact_id, max(last_message_at) as last_message_at, sum(unread_count)::int as unread_count, max(last_outbound_at) as last_outbound_at
      from conversations where company_id = ${arg("companyId")} and contact_id = any(${arg("contactIds")}::bigint[])
      group by contact_id
    ) v
    where p.company_id = ${arg("companyId")} and p.id = v.contact_id`,
);
