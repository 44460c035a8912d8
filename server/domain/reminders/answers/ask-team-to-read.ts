import { describe, dueSoon, peopleOf } from "../../appointments/appointment-tasks.ts";
import { getAppointment } from "../../appointments/get-appointment.ts";
import type { TxCtx } from "../../context.ts";
import { getMessage } from "../../conversations/get-message.ts";
import { notifyTeam } from "../../notifications/notify-team.ts";
import { createTask } from "../../tasks/create-task.ts";
import type { ClaimedAnswer } from "./claim-answer.ts";

/** Somebody answered in words that we do not understand: a person of the team reads them. Once a reminder, however much is written. */
export async function askTeamToRead(tx: TxCtx, claimed: ClaimedAnswer, reminderId: number): Promise<void> {
  const visit = await getAppointment(tx, claimed.appointmentId);
  const { provider, owner } = await peopleOf(tx, visit);
  const { text } = await getMessage(tx, claimed.messageId);
  const said = text === null ? "without words" : `“${text.slice(0, 500)}”`;
  const title = `Answer to the reminder: ${visit.serviceName}`;
  const userId = owner ?? provider;
  const originKey = `reminder:${reminderId}:answer`;
  await createTask(tx, {
    originKey,
    appointmentId: visit.id,
    contactId: visit.contactId,
    title,
    description: `${describe(visit)}. The person answered: ${said}`,
    taskType: "follow_up",
    priority: "high",
    dueAt: dueSoon(tx, visit),
    assigneeUserId: userId,
  });
  await notifyTeam(tx, {
    kind: "appointment.answered",
    title: `${visit.contactName || "Somebody"} answered the reminder of ${visit.serviceName}`,
    body: said,
    contactId: visit.contactId,
    subject: { kind: "appointment", id: visit.id },
    happensAt: visit.startsAt,
    dedupeKey: originKey,
    userId,
  });
}
