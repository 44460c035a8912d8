import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { applyUpdates } from "../conversations/apply-updates.ts";
import type { MessageUpdate } from "../conversations/receive-messages.ts";
import { type FoundThread, findThread } from "../email/received/find-thread.ts";
import type { IncomingFile } from "../email/received/incoming-mail.ts";
import { isOwnAddress } from "../email/received/is-own-address.ts";
import { applyReport } from "./apply-report.ts";
import { hearMail } from "./hear-mail.ts";
import type { ReadMail } from "./read-mail.ts";

export type MailToApply = {
  channelAccountId: number;
  deliveryId: number;
  receivedAt: Date;
  mail: ReadMail;
  files: IncomingFile[];
  /** What was not kept of it, in words. */
  leftOut: string[];
};

/** `note`: why no message came of it. */
export type MailOutcome = { isStored: boolean; note: string | null };

/** RFC 2606 keeps it from ever being anybody's. */
const nobodysAddress = "unknown-sender@unknown.invalid";

/**
 * Makes of a mail what it is: a report about mails of ours, or a message of a person with everything that follows from one, in one
 * transaction. A mail that is there already changes nothing.
 */
export async function applyMail(tx: TxCtx, input: MailToApply): Promise<MailOutcome> {
  const { mail, channelAccountId, deliveryId } = input;
  if (mail.report) return applyReport(tx, { ...input, report: mail.report });
  if (mail.from && (await isOwnAddress(tx, { channelAccountId, address: mail.from.address })))
    return { isStored: false, note: "It comes from this account's own address." };
  const thread = await findThread(tx, mail);
  const update = updateOf(input, thread);
  await applyUpdates(tx, [{ update, channelAccountId, deliveryId }]);
  const stored = await tx.tx.first(
    storedBy({
      companyId: tx.companyId,
      channelAccountId,
      providerIds: [update.providerId, `${update.providerId}#email`],
      deliveryId,
    }),
  );
  if (!stored) return { isStored: false, note: null };
  await hearMail(tx, { ...stored, update, channelAccountId, answeredMessageId: thread?.answeredMessageId ?? null });
  return { isStored: true, note: mail.isUnreadable ? mail.trouble : null };
}

function updateOf({ mail, receivedAt, files, leftOut }: MailToApply, thread: FoundThread | undefined): MessageUpdate {
  const from = mail.from ?? { address: nobodysAddress, name: "Unknown sender" };
  const { inReplyTo, references, html, quotedText, to, cc } = mail;
  const isAutomatic = mail.automatic !== null || mail.from === null;
  const text = mail.isUnreadable
    ? `This mail could not be read: ${mail.trouble ?? ""}. It is kept as it came.`
    : mail.text;
  const details = detailsOf(mail, leftOut);
  return {
    kind: "message",
    channel: { provider: "email" },
    providerId: mail.internetMessageId,
    origin: isAutomatic ? "automatic" : "person",
    direction: "in",
    person: personOf(from, thread),
    sentAt: mail.writtenAt !== null && mail.writtenAt < receivedAt ? mail.writtenAt : receivedAt,
    content: {
      type: mail.isUnreadable ? "unsupported" : "email",
      ...(text === "" ? {} : { text }),
      ...(details === null ? {} : { details }),
    },
    ...(inReplyTo === null ? {} : { replyTo: inReplyTo }),
    mail: {
      subject: mail.subject,
      from,
      to,
      cc,
      inReplyTo,
      references,
      threadId: thread?.threadId ?? null,
      html,
      quotedText,
      isAutomatic,
      files,
    },
  };
}

// Whoever answers a mail's token, or was written to in that person's name, writes in their conversation; who else they are, a person decides.
function personOf(from: { address: string; name: string }, thread: FoundThread | undefined): MessageUpdate["person"] {
  if (thread && thread.contactId !== null) return { contactId: thread.contactId };
  return { email: from.address, profileName: from.name === "" ? from.address : from.name };
}

function detailsOf(
  { subject, automatic, moreRecipients, trouble, isUnreadable }: ReadMail,
  leftOut: string[],
): JsonObject | null {
  const left = [...(trouble === null || isUnreadable ? [] : [trouble]), ...leftOut];
  if (subject === "" && automatic === null && moreRecipients === 0 && left.length === 0) return null;
  return {
    ...(subject === "" ? {} : { subject }),
    ...(automatic === null ? {} : { automatic }),
    ...(moreRecipients === 0 ? {} : { more_recipients: moreRecipients }),
    ...(left.length === 0 ? {} : { left_out: left }),
  };
}

// A mail that could not be read once stands under its id; read later it is kept beside that, under "id#email".
const storedBy = prepared<{ companyId: number; channelAccountId: number; providerIds: string[]; deliveryId: number }>()(
  (_db, arg) => sql<{ messageId: number; contactId: number; conversationId: number }>`
    select id as "messageId", contact_id as "contactId", conversation_id as "conversationId" from messages
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint
      and provider_id = any(${arg("providerIds")}::text[]) and delivery_id = ${arg("deliveryId")}::bigint
    order by id desc limit 1`,
);
