import type { Ctx, TxCtx } from "../context.ts";
import { messagesById } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { invalid } from "../domain-error.ts";
import type { Purpose, SendDecision, SendOrigin } from "../policy/send-decision.ts";
import { checkContent } from "./content/check-content.ts";
import { priorityOf } from "./new-send.ts";
import { numberOfPeople } from "./number-of-people.ts";
import type { OutgoingContent } from "./outgoing-content.ts";
import { type BatchSend, queueBatch } from "./queue-batch.ts";

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

export type BulkResult = {
  contactId: number;
  /** The number it leaves from, or would have. */
  channelAccountId: number | null;
} & (
  | { outcome: "queued"; message: Message; decision: SendDecision }
  | { outcome: "skipped"; reason: string; decision: SendDecision | null }
);

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

async function queueAll(tx: TxCtx, bulk: BulkSend): Promise<BulkResult[]> {
  const people = [...new Set(bulk.contactIds)];
  const numbers = await numberOfPeople(tx, { ...bulk, contactIds: people });
  const sends = people.flatMap((contactId) => {
    const channelAccountId = numbers.get(contactId);
    return channelAccountId === undefined ? [] : [sendTo(contactId, channelAccountId, bulk)];
  });
  const results = await queueBatch(tx, sends);
  const messages = await messagesById(
    tx,
    results.flatMap(({ messageId }) => messageId ?? []),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const first = new Map(sends.map(({ contactId }, index) => [contactId, results[index]]));
  const told = new Set<number>();
  return bulk.contactIds.map((contactId): BulkResult => {
    if (told.has(contactId)) return skipped(contactId, "Named twice in this list.");
    told.add(contactId);
    const result = first.get(contactId);
    if (!result) return skipped(contactId, "Several numbers can send: say which, by channel_account_id.");
    const { decision, messageId } = result;
    const message = messageId === null ? undefined : byId.get(messageId);
    const channelAccountId = numbers.get(contactId) ?? null;
    return message
      ? { contactId, channelAccountId, outcome: "queued", message, decision }
      : { contactId, channelAccountId, outcome: "skipped", reason: decision.reason, decision };
  });
}

function sendTo(contactId: number, channelAccountId: number, bulk: BulkSend): BatchSend {
  const { content, purpose, origin, onceKey, priority } = bulk;
  return {
    contactId,
    channelAccountId,
    conversationId: null,
    content,
    origin,
    replyToProviderId: null,
    priority: priority ?? priorityOf(origin) - 1,
    ...(purpose === undefined ? {} : { purpose }),
    ...(onceKey === undefined ? {} : { onceKey: `${onceKey}:${contactId}` }),
  };
}

function skipped(contactId: number, reason: string): BulkResult {
  return { contactId, channelAccountId: null, outcome: "skipped", reason, decision: null };
}
