import { getSettings } from "../accounts/company-settings.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { getMessage } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { getRecord } from "../customers/get-record.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import type { SendDecision, SendOrigin } from "../policy/send-decision.ts";
import { getReminderSettings } from "../reminders/reminder-settings.ts";
import { sendingAccount } from "../sends/sending-account.ts";
import { type RebookingProposal, rebookingProposals } from "./rebooking-proposal.ts";
import { sendProposal } from "./send-proposal.ts";

export type OpenedRebooking = { message: Message; decision: SendDecision; proposal: RebookingProposal };

type Options = {
  origin: SendOrigin;
  channelAccountId?: number;
  /** Instead of our own words, inside the window. */
  text?: string;
};

/** Opens the conversation with somebody whose time has come, by proposing times. What the policy refuses is thrown, nothing is written. */
export async function openRebooking(ctx: Ctx, contactId: number, options: Options): Promise<OpenedRebooking> {
  return ctx.transact(async (tx) => {
    await requireContact(tx, contactId);
    const proposal = (await rebookingProposals(tx, [{ contactId, state: await stateOf(tx, contactId) }])).get(
      contactId,
    );
    if (!proposal) throw conflict("This person has not been here yet, so there is no visit to go by.");
    const { usual, times, language, sentence } = proposal;
    if (times.length === 0)
      throw conflict(`Nothing is free for ${usual.serviceName} at ${usual.locationName} in the next 30 days.`);
    const { channelAccountId, text = sentence, origin } = options;
    if (channelAccountId !== undefined) await sendingAccount(tx, channelAccountId);
    const sent = await sendProposal(tx, {
      visit: usual,
      times,
      language,
      sentence: text,
      templates: (await getReminderSettings(tx)).rebookingTemplates,
      locale: (await getSettings(tx)).locale,
      origin,
      ...(channelAccountId === undefined ? {} : { channelAccountId }),
    });
    if (!sent) throw conflict("No number that can send is connected to WhatsApp here.");
    const { messageId, decision } = sent;
    if (messageId === null) throw refused(decision);
    const subject = { kind: "contact", id: contactId } as const;
    await recordEvent(tx, { type: "contact.rebooking_proposed", subject, contactId, data: { messageId } });
    return { message: await getMessage(tx, messageId), decision, proposal };
  });
}

async function stateOf(ctx: Ctx, contactId: number): Promise<"due" | "overdue"> {
  const { dueUntilOn } = await getRecord(ctx, contactId);
  return dueUntilOn !== null && Date.parse(dueUntilOn) < ctx.now().getTime() ? "overdue" : "due";
}

function refused(decision: SendDecision): Error {
  if (decision.outcome !== "refused") return new Error("a message was neither stored nor refused");
  const { obstacle, reason, alternatives } = decision;
  return new DomainError({ kind: "send_refused", obstacle, message: reason, alternatives });
}

function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}
