import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { expireQueuedMessages } from "../sends/expire-queued-messages.ts";

/** An address is taken off a person: what still waits to go there is not sent, because it may be somebody else's from now on. */
export async function expireMailsTo(tx: TxCtx, contactId: number, address: string): Promise<void> {
  const waiting = await tx.tx.all(waitingTo({ companyId: tx.companyId, contactId, address }));
  await expireQueuedMessages(
    tx,
    waiting.map(({ messageId }) => messageId),
  );
}

// What a worker holds is leaving just now; waiting for it would hold up whoever edits people.
const waitingTo = prepared<{ companyId: number; contactId: number; address: string }>()(
  (_db, arg) => sql<{ messageId: number }>`
    select s.message_id as "messageId"
    from conversations v
    join outbound_sends s on s.company_id = v.company_id and s.conversation_id = v.id and s.state = 'queued'
    join emails e on e.company_id = s.company_id and e.message_id = s.message_id
    where v.company_id = ${arg("companyId")}::bigint and v.contact_id = ${arg("contactId")}::bigint
      and exists (select from jsonb_array_elements(e.to_addresses) r where lower(r ->> 'address') = lower(${arg("address")}::text))
    for update of s skip locked`,
);
