import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { OutgoingEmail } from "../sends/outgoing-content.ts";
import { composeEmail } from "./compose-email.ts";

type Reply = { conversationId: number; contactId: number; text: string; replyToMessageId?: number | undefined };

/** What somebody types into a conversation of a mailbox, as a mail: an answer to the newest one, or to the one named. */
export async function replyInThread(tx: TxCtx, reply: Reply): Promise<OutgoingEmail> {
  const { conversationId, contactId, text, replyToMessageId = null } = reply;
  const answered = await tx.tx.first(newestMail({ companyId: tx.companyId, conversationId, replyToMessageId }));
  return composeEmail(tx, {
    contactId,
    subject: answered ? answering(answered.subject) : firstLine(text),
    body: text,
    ...(answered ? { inReplyToMessageId: answered.messageId } : {}),
  });
}

function answering(subject: string): string {
  return /^(re|aw|sv|antw|odp|ref|rif)\s*(\[\d+\])?\s*:/i.test(subject) ? subject : `Re: ${subject}`.slice(0, 900);
}

function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

// What a machine wrote is no part of the talk, unless there is nothing else.
const newestMail = prepared<{ companyId: number; conversationId: number; replyToMessageId: number | null }>()(
  (_db, arg) => sql<{ messageId: number; subject: string }>`
    select e.message_id as "messageId", e.subject
    from messages m join emails e on e.company_id = m.company_id and e.message_id = m.id
    where m.company_id = ${arg("companyId")}::bigint and m.conversation_id = ${arg("conversationId")}::bigint
      and (${arg("replyToMessageId")}::bigint is null or m.id = ${arg("replyToMessageId")}::bigint)
    order by (m.direction = 'in' and e.is_automatic), m.sent_at desc, m.id desc limit 1`,
);
