import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { Ctx } from "../context.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import type { Appointment } from "./appointment.ts";
import { type AppointmentFields, checkAppointmentFields } from "./appointment-fields.ts";
import { getAppointment } from "./get-appointment.ts";
import { lockAppointment } from "./lock-appointment.ts";
import { settleVisit } from "./settle-visit.ts";
import { writeAppointment } from "./write-appointment.ts";

/** Edits what does not move the visit; another amount of a completed one changes the record and the points. */
export async function updateAppointment(
  ctx: Ctx,
  id: number,
  patch: AppointmentFields,
  options: { ifVersion?: number } = {},
): Promise<Appointment> {
  checkAppointmentFields(patch);
  return ctx.transact(async (tx) => {
    const before = await lockAppointment(tx, id, options);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    const change = changedFields(before, after);
    if (!change) return before;
    await writeAppointment(tx, after);
    const subject = { kind: "appointment", id } as const;
    await recordEvent(tx, { type: "appointment.updated", subject, contactId: before.contactId, ...change });
    if (before.amount !== after.amount) await settleVisit(tx, after);
    return getAppointment(tx, id);
  });
}
