import type { TxCtx } from "../context.ts";
import { createTask } from "../tasks/create-task.ts";
import { completeTask, updateTask } from "../tasks/update-task.ts";
import type { Appointment } from "./appointment.ts";
import { describe, dueSoon, finishedTask, openTask, peopleOf } from "./appointment-tasks.ts";

/** The person wants another time: somebody looks after it, until they have chosen one themselves. Once for each time a visit has; asked again, it waits again. */
export async function makeMoveTask(tx: TxCtx, visit: Appointment): Promise<void> {
  const said = {
    title: `Find another time: ${visit.serviceName}`,
    description: `${describe(visit)}. ${whyIn(visit)}`,
    dueAt: dueSoon(tx, visit),
  };
  const finished = await finishedTask(tx, originKey(visit));
  if (finished) {
    await updateTask(tx, finished.id, { ...said, status: "todo" });
    return;
  }
  const { provider, owner } = await peopleOf(tx, visit);
  await createTask(tx, {
    ...said,
    originKey: originKey(visit),
    appointmentId: visit.id,
    contactId: visit.contactId,
    taskType: "follow_up",
    priority: "high",
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
