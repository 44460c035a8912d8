import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { writeOutgoingStates } from "../conversations/write-outgoing-state.ts";
import type { Purpose } from "../policy/send-decision.ts";

type Cancelling = {
  contactIds: number[];
  /** A word said by WhatsApp ends nothing by mail, and the other way round: each has consents of its own. */
  channel: "whatsapp" | "email";
  /** Where not said, messages of every purpose. */
  purposes?: Purpose[];
  /** In words, shown beside the messages. */
  reason?: string;
};

/**
 * Takes back what waits to leave to these people; what is on its way to the vendor, or may be, is not touched. A template counts by its
 * category too. Gives how many.
 */
export async function cancelQueuedSends(
  tx: TxCtx,
  { contactIds, channel, purposes, reason }: Cancelling,
): Promise<number> {
  if (contactIds.length === 0) return 0;
  const rows = await tx.tx.all(
    cancelQueued({
      companyId: tx.companyId,
      contactIds,
      areMails: channel === "email",
      purposes: purposes ?? null,
      now: tx.now().toISOString(),
    }),
  );
  await writeOutgoingStates(
    tx,
    rows.map(({ messageId }) => ({
      messageId,
      status: "cancelled",
      reason: reason ?? "The person does not want it any more.",
      at: tx.now(),
    })),
  );
  return rows.length;
}

const cancelQueued = prepared<{
  companyId: number;
  contactIds: number[];
  areMails: boolean;
  purposes: string[] | null;
  now: string;
}>()(
  (_db, arg) => sql<{ messageId: number }>`
    with held as (
      select id from outbound_sends
      where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[]) and state = 'queued'
        and conversation_id in (select id from conversations
          where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[]))
        and (request ->> 'type' is not distinct from 'email') = ${arg("areMails")}::boolean
        and (${arg("purposes")}::text[] is null or purpose = any(${arg("purposes")}::text[])
          or template_category = any(${arg("purposes")}::text[]))
      order by id for update
    )
    update outbound_sends s set state = 'cancelled', waiting_reason = null, updated_at = ${arg("now")}::timestamptz
    from held where s.company_id = ${arg("companyId")}::bigint and s.id = held.id
    returning s.message_id as "messageId"`,
);
