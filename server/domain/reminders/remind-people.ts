import { getSettings } from "../accounts/company-settings.ts";
import type { TxCtx } from "../context.ts";
import { recoverVisits } from "../rebooking/recover-visits.ts";
import type { DueReminder } from "./claim-reminders.ts";
import { remindByEmail } from "./remind-by-email.ts";
import { remindByWhatsapp, type Unreached } from "./remind-by-whatsapp.ts";
import { getReminderSettings, type ReminderSettings } from "./reminder-settings.ts";
import type { EndedReminder } from "./settle-reminders.ts";

/** Reminds people of their visits, by WhatsApp where that may be, else by e-mail; what became of each. */
export async function remindPeople(tx: TxCtx, reminders: DueReminder[]): Promise<EndedReminder[]> {
  const settings = await getReminderSettings(tx);
  const { locale } = await getSettings(tx);
  const ended: EndedReminder[] = [];
  const wanted: DueReminder[] = [];
  for (const reminder of reminders) {
    const reason = pointless(reminder, settings, tx.now());
    if (reason === null) wanted.push(reminder);
    else ended.push({ reminder, end: { state: "dropped", reason } });
  }
  const missed = wanted.filter(({ kind }) => kind === "recovery");
  const coming = wanted.filter(({ kind }) => kind === "reminder");
  ended.push(...(await recoverVisits(tx, missed, settings, locale)));
  const byWhatsapp = await remindByWhatsapp(tx, coming, settings, locale);
  ended.push(...byWhatsapp.reminded);
  for (const unreached of byWhatsapp.unreached) ended.push(await orByEmail(tx, unreached, settings, locale));
  return ended;
}

async function orByEmail(
  tx: TxCtx,
  { reminder, reason, mayTryEmail }: Unreached,
  settings: ReminderSettings,
  locale: string,
): Promise<EndedReminder> {
  if (!mayTryEmail || !settings.byEmail) return { reminder, end: { state: "failed", reason } };
  return { reminder, end: await remindByEmail(tx, reminder, { locale, reason }) };
}

/** Why nobody is to be reminded any more; null where somebody is. */
function pointless(reminder: DueReminder, settings: ReminderSettings, now: Date): string | null {
  const { kind, status, isDeleted, startsAt, plannedFor, minutesBefore } = reminder;
  if (isDeleted) return "The visit or the person was deleted.";
  if (kind === "recovery") {
    if (!settings.recoveryEnabled) return "Messages after missed visits are switched off.";
    return status === "no_show" ? null : "The visit was not missed after all.";
  }
  if (!settings.enabled || !settings.minutesBefore.includes(minutesBefore)) return "This reminder was switched off.";
  if (status !== "booked" && status !== "confirmed") return `The visit is ${status.replace("_", "-")}.`;
  if (startsAt !== plannedFor) return "The visit was moved.";
  return Date.parse(startsAt) <= now.getTime() ? "The visit had begun." : null;
}
