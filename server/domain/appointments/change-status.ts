import { lockProvider } from "../booking/list-providers.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { planRecovery } from "../reminders/plan-reminders.ts";
import type { Appointment } from "./appointment.ts";
import { type AppointmentFields, checkAppointmentFields } from "./appointment-fields.ts";
import { requireBegun, type StatusAct, statusActs, statusAfter } from "./appointment-state.ts";
import { dropConfirmation, makeFollowUp, renewConfirmation, settleConfirmation } from "./appointment-tasks.ts";
import { getAppointment } from "./get-appointment.ts";
import { lockAppointment } from "./lock-appointment.ts";
import { dropRecovery, makeRecovery } from "./recovery-task.ts";
import { settleVisit } from "./settle-visit.ts";
import { writeAppointment } from "./write-appointment.ts";

type Options = { ifVersion?: number };

export async function confirmAppointment(ctx: Ctx, id: number, options: Options = {}): Promise<Appointment> {
  return act(ctx, id, "confirm", options);
}

/** The visit took place: it counts for the record and for points, and somebody follows up in a week. */
export async function completeAppointment(
  ctx: Ctx,
  id: number,
  options: Options & Pick<AppointmentFields, "amount" | "treatmentDetails"> = {},
): Promise<Appointment> {
  const { ifVersion, ...fields } = options;
  checkAppointmentFields(fields);
  return act(ctx, id, "complete", ifVersion === undefined ? {} : { ifVersion }, fields);
}

export async function cancelAppointment(
  ctx: Ctx,
  id: number,
  options: Options & { reason?: string | null } = {},
): Promise<Appointment> {
  const { reason = null, ...rest } = options;
  if (reason && reason.length > 1000) throw invalid("reason", "reason has at most 1000 characters");
  return act(ctx, id, "cancel", rest, { cancelReason: reason });
}

export async function markNoShow(ctx: Ctx, id: number, options: Options = {}): Promise<Appointment> {
  return act(ctx, id, "miss", options);
}

/** Takes an end back; refused where somebody else has the time by now. */
export async function reopenAppointment(ctx: Ctx, id: number, options: Options = {}): Promise<Appointment> {
  return act(ctx, id, "reopen", options);
}

type Along = Partial<Pick<Appointment, "amount" | "treatmentDetails" | "cancelReason">>;

async function act(ctx: Ctx, id: number, what: StatusAct, options: Options, along: Along = {}): Promise<Appointment> {
  return ctx.transact(async (tx) => {
    const whose = what === "cancel" ? "anybody" : "living";
    const appointment = await lockAppointment(tx, id, { ...options, whose });
    return changeStatus(tx, appointment, what, along);
  });
}

/** Acts on a visit that the caller holds; one that stands there already stays as it is. */
export async function changeStatus(
  tx: TxCtx,
  before: Appointment,
  what: StatusAct,
  along: Along = {},
): Promise<Appointment> {
  const status = statusAfter(what, before);
  if (status === null) return before;
  requireBegun(what, before, tx.now());
  if (what === "reopen") await lockProvider(tx, before.providerId);
  const written = { ...before, ...timesOf(tx, before, what), ...along, status };
  await writeAppointment(tx, written);
  const change = changedFields(before, written) ?? { before: {}, after: {} };
  const subject = { kind: "appointment", id: before.id } as const;
  const { event } = statusActs[what];
  await recordEvent(tx, { type: event, subject, contactId: before.contactId, ...change });
  const after = await getAppointment(tx, before.id);
  await settleVisit(tx, after);
  await followWith(tx, after, what);
  return after;
}

function timesOf(tx: TxCtx, { confirmedAt, sequence }: Appointment, what: StatusAct) {
  const now = tx.now().toISOString();
  switch (what) {
    case "confirm":
      return { confirmedAt: now };
    case "complete":
      return { completedAt: now };
    case "cancel":
    case "miss":
      return { sequence: sequence + 1 };
    case "reopen":
      return { completedAt: null, cancelReason: null, confirmedAt, sequence: sequence + 1 };
  }
}

async function followWith(tx: TxCtx, appointment: Appointment, what: StatusAct): Promise<void> {
  switch (what) {
    case "confirm":
      return settleConfirmation(tx, appointment.id);
    case "complete":
      await settleConfirmation(tx, appointment.id);
      return makeFollowUp(tx, appointment);
    case "cancel":
      return dropConfirmation(tx, appointment.id);
    case "miss":
      await dropConfirmation(tx, appointment.id);
      await makeRecovery(tx, appointment);
      return planRecovery(tx, appointment.id);
    case "reopen":
      await dropRecovery(tx, appointment.id);
      if (appointment.status === "booked" && Date.parse(appointment.startsAt) > tx.now().getTime())
        await renewConfirmation(tx, appointment);
  }
}
