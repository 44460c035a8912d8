import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { connectedMailAccount } from "../email/connected-mail-account.ts";
import { sendEmail } from "../email/send-email.ts";
import { expireAt } from "../sends/expire-queued-messages.ts";
import type { DueReminder } from "./claim-reminders.ts";
import { spokenOf, visitPhrase } from "./phrases/visit-phrases-for.ts";
import type { ReminderEnd } from "./settle-reminders.ts";
import { whenInWords } from "./when-in-words.ts";

/** The same by e-mail. Without a connected account nothing waits for one: the visit would be over by then. */
export async function remindByEmail(
  tx: TxCtx,
  reminder: DueReminder,
  { locale, reason }: { locale: string; reason: string },
): Promise<ReminderEnd> {
  if (reminder.email === null) return failed(reason, "There is no e-mail address.");
  if ((await connectedMailAccount(tx)) === null) return failed(reason, "No e-mail account is connected.");
  const language = spokenOf(reminder.language, locale);
  const { contactId, startsAt, timeZone, serviceName: service, locationName: location, name } = reminder;
  const told = { name, service, location, when: whenInWords(startsAt, { timeZone, language }) };
  try {
    const { messageId } = await sendEmail(tx, {
      contactId,
      subject: visitPhrase(language, "reminderSubject", told),
      body: visitPhrase(language, "reminder", told),
      purpose: "utility",
      origin: "system",
      onceKey: `reminder:${reminder.id}`,
    });
    await expireAt(tx, messageId, new Date(startsAt));
    return { state: "queued", messageId, sentBy: "email" };
  } catch (error) {
    if (error instanceof DomainError) return failed(reason, error.message);
    throw error;
  }
}

function failed(byWhatsapp: string, byEmail: string): ReminderEnd {
  return { state: "failed", reason: `${byWhatsapp} ${byEmail}` };
}
