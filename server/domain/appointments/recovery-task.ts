import type { TxCtx } from "../context.ts";
import { createTask } from "../tasks/create-task.ts";
import { completeTask, updateTask } from "../tasks/update-task.ts";
import type { Appointment } from "./appointment.ts";
import { describe, dueSoon, openTask, peopleOf } from "./appointment-tasks.ts";

const weekMs = 7 * 86_400_000;

/** Somebody asks the person who did not come for another time; once a visit. What was missed long ago is only written down. */
export async function makeRecovery(tx: TxCtx, appointment: Appointment): Promise<void> {
  const { id, contactId, serviceName, startsAt } = appointment;
  if (Date.parse(startsAt) < tx.now().getTime() - weekMs) return;
  const { provider, owner } = await peopleOf(tx, appointment);
  await createTask(tx, {
    originKey: originKey(id),
    appointmentId: id,
    contactId,
    title: `Missed appointment: ${serviceName}`,
    description: `${describe(appointment)}. Ask for another time.`,
    taskType: "follow_up",
    priority: "high",
    dueAt: dueSoon(tx, appointment),
    assigneeUserId: owner ?? provider,
  });
}

/** The person has another time. */
export async function settleRecovery(tx: TxCtx, appointmentId: number): Promise<void> {
  const task = await openTask(tx, originKey(appointmentId));
  if (task) await completeTask(tx, task.id);
}

/** It was no miss after all. */
export async function dropRecovery(tx: TxCtx, appointmentId: number): Promise<void> {
  const task = await openTask(tx, originKey(appointmentId));
  if (task) await updateTask(tx, task.id, { status: "cancelled" });
}

function originKey(appointmentId: number): string {
  return `appointment:${appointmentId}:recovery`;
}
