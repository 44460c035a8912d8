import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { getAppointment } from "../appointments/get-appointment.ts";
import type { Ctx } from "../context.ts";

export type Reminder = {
  id: number;
  kind: "reminder" | "recovery";
  minutesBefore: number;
  startsAt: string;
  dueAt: string;
  state: "waiting" | "queued" | "dropped" | "failed";
  sentBy: "whatsapp" | "email" | null;
  messageId: number | null;
  reason: string | null;
  settledAt: string | null;
};

/** A visit's reminders, those to come and those that were, in order of time; the last hundred. */
export async function listReminders(ctx: Ctx, appointmentId: number): Promise<Reminder[]> {
  await getAppointment(ctx, appointmentId);
  return (await ctx.db.all(remindersOf({ companyId: ctx.companyId, appointmentId }))).toReversed();
}

const remindersOf = prepared<{ companyId: number; appointmentId: number }>()(
  (_db, arg) => sql<Reminder>`
    select id, kind, minutes_before as "minutesBefore", starts_at as "startsAt", due_at as "dueAt", state, sent_by as "sentBy",
      message_id as "messageId", reason, settled_at as "settledAt"
    from appointment_reminders
    where company_id = ${arg("companyId")}::bigint and appointment_id = ${arg("appointmentId")}::bigint and kind in ('reminder', 'recovery')
    order by due_at desc, id desc limit 100`,
);
