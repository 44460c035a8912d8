import { getAppointment } from "../appointments/get-appointment.ts";
import type { TxCtx } from "../context.ts";
import type { DueReminder } from "../reminders/claim-reminders.ts";
import { spokenOf, visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import type { ReminderSettings } from "../reminders/reminder-settings.ts";
import type { EndedReminder, ReminderEnd } from "../reminders/settle-reminders.ts";
import { proposedTo } from "./proposal-content.ts";
import { proposeTimes } from "./propose-times.ts";
import { sendProposal } from "./send-proposal.ts";

/** Writes to people who did not come, with times for another visit. */
export async function recoverVisits(
  tx: TxCtx,
  missed: DueReminder[],
  settings: ReminderSettings,
  locale: string,
): Promise<EndedReminder[]> {
  const ended: EndedReminder[] = [];
  for (const reminder of missed) ended.push({ reminder, end: await recover(tx, reminder, settings, locale) });
  return ended;
}

async function recover(
  tx: TxCtx,
  reminder: DueReminder,
  settings: ReminderSettings,
  locale: string,
): Promise<ReminderEnd> {
  const { appointmentId, id, firstName, lastAccountId, providerName } = reminder;
  const visit = await getAppointment(tx, appointmentId);
  const times = await proposeTimes(tx, visit);
  if (times.length === 0) return { state: "failed", reason: "No time is free in the next 30 days." };
  const language = spokenOf(reminder.language, locale);
  const proposal = {
    visit: { ...visit, firstName, lastAccountId, providerName },
    times,
    language,
    sentence: visitPhrase(language, "missed", proposedTo(visit)),
  };
  const sent = await sendProposal(tx, proposal, {
    templates: settings.recoveryTemplates,
    locale,
    origin: "system",
    mailPurpose: "utility",
    onceKey: `reminder:${id}`,
  });
  if (!sent) return { state: "failed", reason: "No number that can send is connected to WhatsApp." };
  const { messageId, decision, by } = sent;
  if (messageId === null) return { state: "failed", reason: decision.reason };
  return { state: "queued", messageId, sentBy: by === "mail" ? "email" : "whatsapp" };
}
