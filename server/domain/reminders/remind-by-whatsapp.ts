import type { TxCtx } from "../context.ts";
import { type BatchSend, queueBatch } from "../sends/queue-batch.ts";
import { answerPayload } from "./answer-payload.ts";
import type { DueReminder } from "./claim-reminders.ts";
import { fillTemplate } from "./fill-template.ts";
import { spokenOf } from "./phrases/visit-phrases-for.ts";
import type { ReminderSettings } from "./reminder-settings.ts";
import type { EndedReminder } from "./settle-reminders.ts";
import { templateFor, type UsableNumber, usableNumbers } from "./usable-templates.ts";
import { whenInWords } from "./when-in-words.ts";

export type Unreached = { reminder: DueReminder; reason: string; mayTryEmail: boolean };

type Reminding = { reminded: EndedReminder[]; unreached: Unreached[] };

/** Before answers to people, because the time to come is short, and after what colleagues write. */
const priority = 9;

/** Puts a template to each person into the outbox, as far as there is one and the policy lets it leave before the visit. */
export async function remindByWhatsapp(
  tx: TxCtx,
  reminders: DueReminder[],
  settings: ReminderSettings,
  locale: string,
): Promise<Reminding> {
  const result: Reminding = { reminded: [], unreached: [] };
  if (reminders.length === 0) return result;
  const numbers = settings.byWhatsapp ? await usableNumbers(tx, settings.templates) : [];
  const leaving: { reminder: DueReminder; send: BatchSend }[] = [];
  for (const reminder of reminders) {
    const send = sendOf(reminder, { numbers, settings, locale });
    if (typeof send === "string") result.unreached.push({ reminder, reason: send, mayTryEmail: true });
    else leaving.push({ reminder, send });
  }
  const queued = await queueBatch(
    tx,
    leaving.map(({ send }) => send),
  );
  for (const [index, { reminder }] of leaving.entries()) {
    const answer = queued[index];
    if (!answer) throw new Error("the outbox gave no answer");
    const { messageId, decision } = answer;
    if (messageId !== null) result.reminded.push({ reminder, end: { state: "queued", messageId, sentBy: "whatsapp" } });
    else {
      const refusal = decision.outcome === "refused" ? decision.obstacle : null;
      // Who asked not to be written to means it; everything else is WhatsApp's trouble alone.
      const mayTryEmail = refusal !== "do_not_contact" && refusal !== "opted_out";
      result.unreached.push({ reminder, reason: decision.reason, mayTryEmail });
    }
  }
  return result;
}

type Means = { numbers: UsableNumber[]; settings: ReminderSettings; locale: string };

/** The message, or why there is none. */
function sendOf(reminder: DueReminder, { numbers, settings, locale }: Means): BatchSend | string {
  if (!settings.byWhatsapp) return "Reminders by WhatsApp are switched off.";
  if (!reminder.isReachable) return "There is no WhatsApp number of this person.";
  if (numbers.length === 0) return "No number that can send is connected to WhatsApp.";
  const languages = [reminder.language, locale];
  const found = templateFor(numbers, settings.templates, { lastAccountId: reminder.lastAccountId, languages });
  const names = [...new Set(Object.values(settings.templates))].join(", ");
  if (!found) return `There is no approved template ${names}.`;
  const { accountId, template } = found;
  const filled = fillTemplate(template.components, {
    values: valuesOf(reminder, template.language),
    order: ["first_name", "when", "service", "location", "provider"],
    payloads: (["confirm", "reschedule"] as const).map((kind) => answerPayload(reminder.appointmentId, { kind })),
  });
  if (!filled) return `The template ${template.name} asks for values that a reminder does not have.`;
  return {
    contactId: reminder.contactId,
    channelAccountId: accountId,
    conversationId: null,
    content: { type: "template", name: template.name, language: template.language, components: filled },
    purpose: "utility",
    origin: "system",
    replyToProviderId: null,
    priority,
    onceKey: `reminder:${reminder.id}`,
    expiresAt: new Date(reminder.startsAt),
  };
}

function valuesOf(reminder: DueReminder, templateLanguage: string): Record<string, string> {
  const { name, firstName, serviceName, providerName, locationName, startsAt, timeZone } = reminder;
  return {
    name: name || firstName,
    first_name: firstName || (name.split(" ", 1)[0] ?? ""),
    when: whenInWords(startsAt, { timeZone, language: spokenOf(templateLanguage) }),
    service: serviceName,
    location: locationName,
    provider: providerName,
  };
}
