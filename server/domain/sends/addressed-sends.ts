import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { replyInThread } from "../email/reply-in-thread.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import type { NewSend } from "./new-send.ts";
import type { BatchSend } from "./queue-batch.ts";

type Addressed = Omit<BatchSend, "priority">;

/**
 * Finds whom the conversations are with, and holds them until the end of the transaction: two messages written at once to one person are
 * stored one after the other, so that a worker never sees the second without the first. One entry each; undefined: not there.
 */
export async function addressedSends(tx: TxCtx, sends: NewSend[]): Promise<(Addressed | undefined)[]> {
  const ids = [...new Set(sends.map(({ conversationId }) => conversationId))];
  const held = await tx.tx.all(holdConversations({ companyId: tx.companyId, ids, ...reachArgs(tx) }));
  const byId = new Map(held.map((row) => [row.id, row]));
  const addressed: (Addressed | undefined)[] = [];
  for (const { replyToMessageId, conversationId, ...send } of sends) {
    const conversation = byId.get(conversationId);
    if (!conversation) {
      addressed.push(undefined);
      continue;
    }
    const { contactId, channelAccountId, provider } = conversation;
    const replyTo = replyToMessageId === undefined ? null : await providerIdOf(tx, conversationId, replyToMessageId);
    // What is typed into a mailbox's conversation is a mail.
    const content =
      provider === "email" && send.content.type === "text"
        ? await replyInThread(tx, { conversationId, contactId, text: send.content.text, replyToMessageId })
        : send.content;
    addressed.push({ ...send, content, conversationId, contactId, channelAccountId, replyToProviderId: replyTo });
  }
  return addressed;
}

async function providerIdOf(tx: TxCtx, conversationId: number, messageId: number): Promise<string> {
  const row = await tx.tx.first(answeredMessage({ companyId: tx.companyId, conversationId, messageId }));
  if (!row) throw invalid("replyToMessageId", "replyToMessageId names no message of this conversation");
  if (row.providerId === null)
    throw invalid("replyToMessageId", "the message that this one answers has not left yet, so it cannot be quoted");
  return row.providerId;
}

const holdConversations = prepared<{ companyId: number; ids: number[] } & ReachArgs>()(
  (_db, arg) => sql<{ id: number; contactId: number; channelAccountId: number; provider: string }>`
    select v.id, v.contact_id as "contactId", v.channel_account_id as "channelAccountId", a.provider
    from conversations v join channel_accounts a on a.company_id = v.company_id and a.id = v.channel_account_id
    where v.company_id = ${arg("companyId")}::bigint and v.id = any(${arg("ids")}::bigint[])
      and ${personInReachSql(arg, { companyId: sql`v.company_id`, contactId: sql`v.contact_id` })}
    order by v.id for update of v`,
);

const answeredMessage = prepared<{ companyId: number; conversationId: number; messageId: number }>()(
  (_db, arg) => sql<{ providerId: string | null }>`
    select provider_id as "providerId" from messages
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint and id = ${arg("messageId")}::bigint`,
);
