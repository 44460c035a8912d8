import type { Appointment } from "../../appointments/appointment.ts";
import { describe, dueSoon, openTask, peopleOf } from "../../appointments/appointment-tasks.ts";
import type { TxCtx } from "../../context.ts";
import { createTask } from "../../tasks/create-task.ts";
import { completeTask } from "../../tasks/update-task.ts";

/** The person wants another time: somebody looks after it, until they have chosen one themselves. Once for each time a visit has. */
export async function makeMoveTask(tx: TxCtx, visit: Appointment): Promise<void> {
  const { provider, owner } = await peopleOf(tx, visit);
  await createTask(tx, {
    originKey: originKey(visit),
    appointmentId: visit.id,
    contactId: visit.contactId,
    title: `Find another time: ${visit.serviceName}`,
    description: `${describe(visit)}. ${whyIn(visit)}`,
    taskType: "follow_up",
    priority: "high",
    dueAt: dueSoon(tx, visit),
    assigneeUserId: owner ?? provider,
  });
}

/** The visit has another time, whoever found it. */
export async function settleMoveTask(tx: TxCtx, visit: Appointment): Promise<void> {
  const task = await openTask(tx, originKey(visit));
  if (task) await completeTask(tx, task.id);
}

function whyIn({ status }: Appointment): string {
  return status === "cancelled"
    ? "It was called off, and the person answered the reminder."
    : "The person answered that another time is wanted.";
}

function originKey({ id, startsAt }: Appointment): string {
  return `appointment:${id}:move:${startsAt}`;
}
