import { getLocation } from "../booking/list-locations.ts";
import { lockProvider } from "../booking/list-providers.ts";
import { getService } from "../booking/list-services.ts";
import { companyCurrency } from "../booking/money.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { lockRecord } from "../customers/lock-record.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import type { Appointment } from "./appointment.ts";
import { type AppointmentFields, checkAppointmentFields } from "./appointment-fields.ts";
import { makeConfirmation } from "./appointment-tasks.ts";
import { appointmentTime, requireTime } from "./appointment-time.ts";
import { changeStatus } from "./change-status.ts";
import { getAppointment } from "./get-appointment.ts";
import { settleVisit } from "./settle-visit.ts";
import { insertAppointment } from "./write-appointment.ts";

export type NewAppointment = AppointmentFields & {
  contactId: number;
  serviceId: number;
  providerId: number;
  locationId: number;
  startsAt: string;
  /** The service's length after the start where not said. */
  endsAt?: string;
  /** Booked where not said; a visit that took place can be written down as completed. */
  status?: "booked" | "confirmed" | "completed";
  /** "any" books outside of working hours and time off too. */
  hours?: "working" | "any";
};

/** Books a visit. Of two that want the same provider at the same time one is refused. */
export async function bookAppointment(ctx: Ctx, input: NewAppointment): Promise<Appointment> {
  checkAppointmentFields(input);
  return ctx.transact(async (tx) => {
    await lockRecord(tx, input.contactId);
    const { id } = await insert(tx, input);
    const booked = await getAppointment(tx, id);
    const { contactId, startsAt, timeZone, serviceName, providerName, locationName, status, amount } = booked;
    await recordEvent(tx, {
      type: "appointment.booked",
      subject: { kind: "appointment", id },
      contactId,
      after: { startsAt, status, amount, service: serviceName, provider: providerName, location: locationName },
      data: { timeZone },
    });
    if (input.status === "completed") return changeStatus(tx, booked, "complete");
    if (status === "booked" && Date.parse(startsAt) > tx.now().getTime()) await makeConfirmation(tx, booked);
    await settleVisit(tx, booked);
    return booked;
  });
}

async function insert(tx: TxCtx, input: NewAppointment): Promise<{ id: number }> {
  const { contactId, serviceId, providerId, locationId, hours = "working", notes = null, source = null } = input;
  const service = await getService(tx, serviceId);
  const location = await getLocation(tx, locationId);
  const provider = await lockProvider(tx, providerId);
  for (const offered of [service, location, provider]) requireActive(offered);
  const time = appointmentTime(input, service);
  const visit = { serviceId, providerId, locationId, ...time };
  await requireTime(tx, visit, hours);
  const status = input.status === "confirmed" ? "confirmed" : "booked";
  const id = await insertAppointment(tx, {
    ...visit,
    contactId,
    status,
    amount: input.amount ?? service.price,
    currency: await companyCurrency(tx),
    treatmentDetails: input.treatmentDetails ?? {},
    notes,
    source,
    confirmedAt: status === "confirmed" ? tx.now().toISOString() : null,
    createdBy: actingUserId(tx),
  });
  return { id };
}

function requireActive({ name, active }: { name: string; active: boolean }): void {
  if (active) return;
  throw new DomainError({ kind: "conflict", message: `${name} can no longer be booked.` });
}
