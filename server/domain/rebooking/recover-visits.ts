import { getAppointment } from "../appointments/get-appointment.ts";
import type { TxCtx } from "../context.ts";
import type { DueReminder } from "../reminders/claim-reminders.ts";
import { spokenOf, visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import type { ReminderSettings } from "../reminders/reminder-settings.ts";
import type { EndedReminder, ReminderEnd } from "../reminders/settle-reminders.ts";
import { proposedTo } from "./proposal-content.ts";
import { queueProposal } from "./send-proposal.ts";
import { type TimelyProposal, timelyProposals } from "./timely-proposals.ts";

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
  const language = spokenOf(reminder.language, locale);
  const wish = {
    visit: { ...visit, firstName, lastAccountId, providerName },
    language,
    sentence: visitPhrase(language, "missed", proposedTo(visit)),
  };
  const { recoveryTemplates: templates } = settings;
  const rules = { templates, locale, origin: "system", mailPurpose: "utility" } as const;
  const proposal = (await timelyProposals(tx, [wish], rules)).get(wish);
  if (!proposal?.plan) return { state: "failed", reason: unplanned(proposal) };
  const { messageId, decision, by } = await queueProposal(tx, proposal.plan, `reminder:${id}`);
  if (messageId === null) return { state: "failed", reason: decision.reason };
  return { state: "queued", messageId, sentBy: by === "mail" ? "email" : "whatsapp" };
}

function unplanned(proposal: TimelyProposal | undefined): string {
  return proposal?.times.length === 0
    ? "No time is free in the next 30 days."
    : "No number that can send is connected to WhatsApp.";
}
