import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { expireQueuedMessages } from "../sends/expire-queued-messages.ts";

/**
 * A visit was booked or moved: proposals that still wait in the outbox are not sent where the person has booked since, or where none of their
 * times is free any more.
 */
export async function expireProposals(tx: TxCtx, appointmentId: number): Promise<void> {
  const args = { companyId: tx.companyId, appointmentId, now: tx.now().toISOString() };
  const pointless = await tx.tx.all(pointlessAfter(args));
  await expireQueuedMessages(
    tx,
    pointless.map(({ messageId }) => messageId),
  );
}

// What a worker holds is leaving just now; waiting for it would let two bookings wait for each other.
const pointlessAfter = prepared<{ companyId: number; appointmentId: number; now: string }>()(
  (_db, arg) => sql<{ messageId: number }>`
    select s.message_id as "messageId"
    from rebooking_proposals p
    join outbound_sends s on s.company_id = p.company_id and s.message_id = p.message_id and s.state = 'queued'
    where p.company_id = ${arg("companyId")}::bigint and p.expires_at > ${arg("now")}::timestamptz
      and (
        exists (select from appointments a where a.company_id = p.company_id and a.id = ${arg("appointmentId")}::bigint
          and a.contact_id = s.contact_id and a.created_at > p.proposed_at)
        or not exists (
          select from jsonb_to_recordset(p.times) as t ("startsAt" timestamptz, "endsAt" timestamptz, "providerId" bigint)
          where not exists (select from appointments a where a.company_id = p.company_id and a.provider_id = t."providerId"
            and a.status in ('booked', 'confirmed', 'completed') and a.deleted_at is null
            and tstzrange(a.starts_at, a.busy_until) && tstzrange(t."startsAt", t."endsAt"))))
    for update of s skip locked`,
);
