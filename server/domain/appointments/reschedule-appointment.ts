import { getLocation } from "../booking/list-locations.ts";
import { lockProvider } from "../booking/list-providers.ts";
import { getService } from "../booking/list-services.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import type { Appointment } from "./appointment.ts";
import { isOpen, requireMovable } from "./appointment-state.ts";
import { renewConfirmation } from "./appointment-tasks.ts";
import { appointmentTime, requireTime } from "./appointment-time.ts";
import { getAppointment } from "./get-appointment.ts";
import { lockAppointment } from "./lock-appointment.ts";
import { settleMoveTask } from "./move-task.ts";
import { settleVisit } from "./settle-visit.ts";
import { writeAppointment } from "./write-appointment.ts";

export type NewTime = {
  startsAt: string;
  /** As long as before where not said. */
  endsAt?: string;
  providerId?: number;
  locationId?: number;
  hours?: "working" | "any";
};

/**
 * Moves a visit. One to come is booked anew and wants to be confirmed anew; the time of one that is over is corrected, and its
 * status stays.
 */
export async function rescheduleAppointment(
  ctx: Ctx,
  id: number,
  move: NewTime,
  options: { ifVersion?: number } = {},
): Promise<Appointment> {
  return ctx.transact(async (tx) => {
    const before = await lockAppointment(tx, id, options);
    const moved = await movedTo(tx, before, move);
    requireMovable(before.status, moved, tx.now());
    if (!changedFields(before, moved)) return before;
    const after = { ...moved, ...anew(before), sequence: before.sequence + 1 };
    await writeAppointment(tx, after);
    const change = changedFields(before, after) ?? { before: {}, after: {} };
    const subject = { kind: "appointment", id } as const;
    const fresh = await getAppointment(tx, id);
    const { contactId, timeZone } = fresh;
    await recordEvent(tx, { type: "appointment.rescheduled", subject, contactId, ...change, data: { timeZone } });
    await settleVisit(tx, fresh);
    if (fresh.startsAt !== before.startsAt) await settleMoveTask(tx, before);
    if (isOpen(fresh.status) && Date.parse(fresh.startsAt) > tx.now().getTime()) await renewConfirmation(tx, fresh);
    return fresh;
  });
}

async function movedTo(tx: TxCtx, before: Appointment, move: NewTime): Promise<Appointment> {
  const { providerId = before.providerId, locationId = before.locationId, startsAt, hours = "working" } = move;
  const service = await getService(tx, before.serviceId);
  await getLocation(tx, locationId);
  // In one order, so that two visits that change places wait instead of locking each other out.
  for (const each of [...new Set([before.providerId, providerId])].toSorted((a, b) => a - b))
    await lockProvider(tx, each);
  const { durationMinutes: _, ...rest } = service;
  const length = (Date.parse(before.endsAt) - Date.parse(before.startsAt)) / 60_000;
  const time = appointmentTime(
    { startsAt, ...(move.endsAt === undefined ? {} : { endsAt: move.endsAt }) },
    { ...rest, durationMinutes: length },
  );
  const moved = { ...before, providerId, locationId, ...time };
  if (isOpen(before.status)) await requireTime(tx, moved, hours);
  return moved;
}

function anew({ status, confirmedAt }: Appointment): Pick<Appointment, "status" | "confirmedAt"> {
  return isOpen(status) ? { status: "booked", confirmedAt: null } : { status, confirmedAt };
}
