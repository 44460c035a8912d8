import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { type Notice, notifyTeamOfMany } from "../notifications/notify-team.ts";
import type { DueReminder } from "./claim-reminders.ts";
import { whenInWords } from "./when-in-words.ts";

/** What became of a due reminder. */
export type ReminderEnd =
  | { state: "queued"; messageId: number; sentBy: "whatsapp" | "email" }
  /** Nobody misses it: the visit is over, moved or called off, or reminders are off. */
  | { state: "dropped"; reason: string }
  /** Somebody of the team has to do it. */
  | { state: "failed"; reason: string };

export type EndedReminder = { reminder: DueReminder; end: ReminderEnd };

/** Writes what became of reminders, tells the journal, and tells the team of people who could not be reminded, once a visit. */
export async function settleReminders(tx: TxCtx, ended: EndedReminder[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map(({ reminder, end }) => ({
    id: reminder.id,
    state: end.state,
    message_id: end.state === "queued" ? end.messageId : null,
    sent_by: end.state === "queued" ? end.sentBy : null,
    reason: end.state === "queued" ? null : end.reason,
  }));
  const now = tx.now().toISOString();
  await tx.tx.run(writeEnds({ companyId: tx.companyId, rows: JSON.stringify(rows), now }));
  await recordEvents(
    tx,
    ended.flatMap(({ reminder, end }) => (end.state === "dropped" ? [] : [eventOf(reminder, end)])),
  );
  await notifyTeamOfMany(
    tx,
    ended.flatMap(({ reminder, end }) => (end.state === "failed" ? [noticeOf(reminder, end.reason)] : [])),
  );
}

function eventOf(reminder: DueReminder, end: Exclude<ReminderEnd, { state: "dropped" }>) {
  const { appointmentId, contactId, kind, minutesBefore, startsAt, serviceName: service } = reminder;
  const about = { kind, minutesBefore, startsAt, service };
  const subject = { kind: "appointment", id: appointmentId } as const;
  return end.state === "queued"
    ? {
        type: "appointment.reminded",
        subject,
        contactId,
        data: { ...about, by: end.sentBy, messageId: end.messageId },
      }
    : { type: "appointment.not_reminded", subject, contactId, data: { ...about, reason: end.reason } };
}

function noticeOf(reminder: DueReminder, reason: string): Notice {
  const { appointmentId, contactId, name, serviceName, startsAt, timeZone, kind, responsibleUserId } = reminder;
  const when = whenInWords(startsAt, { timeZone, language: "en" });
  const what = kind === "reminder" ? "could not be reminded of" : "could not be written to after missing";
  return {
    kind: "appointment.not_reminded",
    title: `${name || "Somebody"} ${what} ${serviceName}, ${when}`,
    body: reason,
    contactId,
    subject: { kind: "appointment", id: appointmentId },
    happensAt: startsAt,
    // A visit's second reminder fails as its first did.
    dedupeKey: `appointment.not_reminded:${appointmentId}:${kind}:${startsAt}`,
    userId: responsibleUserId,
  };
}

const writeEnds = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    update appointment_reminders r set state = n.state, message_id = n.message_id, sent_by = n.sent_by, reason = n.reason,
      settled_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as n (id bigint, state text, message_id bigint, sent_by text, reason text)
    where r.company_id = ${arg("companyId")}::bigint and r.id = n.id`,
);
