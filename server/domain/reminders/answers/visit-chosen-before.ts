import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Appointment } from "../../appointments/appointment.ts";
import { getAppointment } from "../../appointments/get-appointment.ts";
import type { TxCtx } from "../../context.ts";
import { lockRecord } from "../../customers/lock-record.ts";
import type { ClaimedAnswer } from "./claim-answer.ts";

/**
 * The visit to come that the person has booked by a choice since the message they answer was sent: whoever chooses again from one list means
 * that visit, not a second one.
 */
export async function visitChosenBefore(tx: TxCtx, claimed: ClaimedAnswer): Promise<Appointment | undefined> {
  const { appointmentId, contactId, messageId } = claimed;
  // Two choices are followed by two workers: the second one waits here for the first one's visit.
  await lockRecord(tx, contactId);
  const args = { companyId: tx.companyId, appointmentId, contactId, messageId, now: tx.now().toISOString() };
  const found = await tx.tx.first(bookedSince(args));
  return found && getAppointment(tx, found.id);
}

// The same kind of visit at the same place: of two lists at once, each has a visit of its own.
const bookedSince = prepared<{
  companyId: number;
  appointmentId: number;
  contactId: number;
  messageId: number;
  now: string;
}>()(
  (_db, arg) => sql<{ id: number }>`
    select a.id
    from messages m
    join messages l on l.company_id = m.company_id and l.channel_account_id = m.channel_account_id
      and l.provider_id = m.reply_to_provider_id and l.direction = 'out'
    join appointments k on k.company_id = m.company_id and k.id = ${arg("appointmentId")}::bigint
    join appointments a on a.company_id = m.company_id and a.contact_id = ${arg("contactId")}::bigint
      and a.service_id = k.service_id and a.location_id = k.location_id
    where m.company_id = ${arg("companyId")}::bigint and m.id = ${arg("messageId")}::bigint
      and a.source = 'whatsapp' and a.created_at >= l.sent_at and a.id <> k.id and a.deleted_at is null
      and a.status in ('booked', 'confirmed') and a.starts_at > ${arg("now")}::timestamptz
    order by a.created_at desc, a.id desc limit 1`,
);
