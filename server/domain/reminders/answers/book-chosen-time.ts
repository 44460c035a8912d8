import type { Appointment } from "../../appointments/appointment.ts";
import { isOpen } from "../../appointments/appointment-state.ts";
import { bookAppointment } from "../../appointments/book-appointment.ts";
import { getAppointment } from "../../appointments/get-appointment.ts";
import { listAppointments } from "../../appointments/list-appointments.ts";
import type { TxCtx } from "../../context.ts";
import { lockRecord } from "../../customers/lock-record.ts";
import type { ClaimedAnswer } from "./claim-answer.ts";

type ChosenTime = { startsAt: string; providerId: number };

/** Books what somebody chose of the times proposed to them; the same choice again is the visit that it made. */
export async function bookChosenTime(
  tx: TxCtx,
  { appointmentId, contactId }: ClaimedAnswer,
  time: ChosenTime,
): Promise<Appointment> {
  const { serviceId, locationId } = await getAppointment(tx, appointmentId);
  // Two taps are followed by two workers: the second one waits here for the first one's visit.
  await lockRecord(tx, contactId);
  const held = await visitAt(tx, contactId, time);
  if (held) return held;
  return bookAppointment(tx, { ...time, contactId, serviceId, locationId, status: "confirmed", source: "whatsapp" });
}

async function visitAt(
  tx: TxCtx,
  contactId: number,
  { startsAt, providerId }: ChosenTime,
): Promise<Appointment | undefined> {
  // A choice names its minute.
  const to = new Date(Date.parse(startsAt) + 60_000).toISOString();
  const { items } = await listAppointments(tx, { contactId, providerId, from: startsAt, to, limit: 100 });
  return items.find(({ status }) => isOpen(status));
}
