import type { Ctx, TxCtx } from "../context.ts";
import { messagesById } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { invalid } from "../domain-error.ts";
import type { Purpose, SendDecision, SendOrigin } from "../policy/send-decision.ts";
import { checkContent } from "./content/check-content.ts";
import { priorityOf } from "./new-send.ts";
import type { OutgoingContent } from "./outgoing-content.ts";
import { queueBatch } from "./queue-batch.ts";
import { sendingAccount } from "./sending-account.ts";

export type BulkSend = {
  contactIds: number[];
  channelAccountId?: number;
  content: OutgoingContent;
  purpose?: Purpose;
  origin: SendOrigin;
  /** With it, the same list again sends nothing twice: each person has a key of their own made from it. */
  onceKey?: string;
  priority?: number;
};

export type BulkResult =
  | { contactId: number; outcome: "queued"; message: Message; decision: SendDecision }
  | { contactId: number; outcome: "skipped"; reason: string; decision: SendDecision | null };

const mostPeople = 1_000;

/** One message to up to a thousand named people: one result each, in their order. Who is named twice gets it once. */
export async function queueMessages(ctx: Ctx, bulk: BulkSend): Promise<BulkResult[]> {
  const { contactIds, content } = bulk;
  checkContent(content);
  if (contactIds.length === 0 || contactIds.length > mostPeople)
    throw invalid("contactIds", `contactIds must name 1 to ${mostPeople} people`);
  if (content.type === "reaction") throw invalid("type", "a reaction belongs to one message");
  return ctx.transact((tx) => queueAll(tx, bulk));
}

async function queueAll(
  tx: TxCtx,
  { contactIds, channelAccountId, content, purpose, origin, onceKey, priority }: BulkSend,
) {
  const account = await sendingAccount(tx, channelAccountId);
  const people = [...new Set(contactIds)];
  const results = await queueBatch(
    tx,
    people.map((contactId) => ({
      contactId,
      channelAccountId: account.id,
      conversationId: null,
      content,
      origin,
      replyToProviderId: null,
      priority: priority ?? priorityOf(origin) - 1,
      ...(purpose === undefined ? {} : { purpose }),
      ...(onceKey === undefined ? {} : { onceKey: `${onceKey}:${contactId}` }),
    })),
  );
  const messages = await messagesById(
    tx,
    results.flatMap(({ messageId }) => messageId ?? []),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const first = new Map(people.map((contactId, index) => [contactId, results[index]]));
  return contactIds.map((contactId): BulkResult => {
    const result = first.get(contactId);
    first.delete(contactId);
    if (!result) return { contactId, outcome: "skipped", reason: "Named twice in this list.", decision: null };
    const { decision, messageId } = result;
    const message = messageId === null ? undefined : byId.get(messageId);
    return message
      ? { contactId, outcome: "queued", message, decision }
      : { contactId, outcome: "skipped", reason: decision.reason, decision };
  });
}
