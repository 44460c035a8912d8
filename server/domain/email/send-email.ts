import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { conversationsFor } from "../conversations/conversations-for.ts";
import { leftOutInWords } from "../policy/left-out-in-words.ts";
import type { Purpose, SendOrigin } from "../policy/send-decision.ts";
import { queueMessage } from "../sends/queue-message.ts";
import { composeEmail } from "./compose-email.ts";
import type { Email } from "./email.ts";
import { emailAccountFor } from "./email-account-for.ts";
import { getEmail } from "./get-email.ts";

export type SendEmail = {
  contactId: number;
  /** The lead whose list shows it. */
  leadId?: number | null;
  /** `ana@example.com` or `Ana <ana@example.com>`; the person's own address where not said. */
  to?: string[];
  cc?: string[];
  bcc?: string[];
  subject: string;
  /** Plain words; needed unless `html` is given. */
  body?: string;
  /** Its text alternative is made from it where `body` is absent. */
  html?: string;
  /** The mail this one answers: same thread, same account. */
  inReplyToMessageId?: number;
  attachmentIds?: number[];
  /** Where not said: service, a person writing to a person. */
  purpose?: Purpose;
  /** Where not said: by who acts. */
  origin?: SendOrigin;
  /** Which of the company's e-mail accounts; the first connected one where not said. */
  channelAccountId?: number;
  /** The same key again gives the same mail. */
  onceKey?: string;
};

/** `status` is queued, sent (a mail server took it), delivered, read, failed, unknown or cancelled. */
export type SentEmail = Email & {
  activityId: number;
  status: string;
  /** Who of Cc and Bcc gets none, in words; null where everybody gets it. */
  leftOut: string | null;
};

/** Why a mail waits, and who gets no copy of it; null where there is nothing to say. */
export function statusOfMailInWords({ statusReason, leftOut }: SentEmail): string | null {
  return [statusReason, leftOut].filter((words) => words !== null).join(" ") || null;
}

/**
 * Writes a mail, its activity and its place in the outbox in one transaction (joins an open one). Where no account is connected it waits
 * as `queued` with the reason and goes out once one is. What the policy refuses is thrown as `send_refused` and nothing is written.
 */
export async function sendEmail(ctx: Ctx, input: SendEmail): Promise<SentEmail> {
  return ctx.transact(async (tx) => {
    await requireContact(tx, input.contactId);
    const account = await emailAccountFor(tx, input);
    const content = await composeEmail(tx, input);
    const wanted = { contactId: input.contactId, channelAccountId: account.id };
    const conversationId = (await conversationsFor(tx, [wanted])).get(wanted) ?? 0;
    const { message, decision } = await queueMessage(tx, {
      conversationId,
      content,
      origin: input.origin ?? originOf(tx),
      ...(input.purpose === undefined ? {} : { purpose: input.purpose }),
      ...(input.onceKey === undefined ? {} : { onceKey: input.onceKey }),
    });
    const email = await getEmail(tx, message.id);
    const leftOut = leftOutInWords("leftOut" in decision ? (decision.leftOut ?? []) : []);
    return { ...email, activityId: email.activityId ?? 0, status: email.status ?? "queued", leftOut };
  });
}

function originOf({ actor }: TxCtx): SendOrigin {
  switch (actor.kind) {
    case "user":
      return "user";
    case "api_key":
    case "open":
      return "api";
    case "contact":
    case "system":
      return "system";
  }
}
