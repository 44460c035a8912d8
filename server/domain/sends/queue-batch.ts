import type { TxCtx } from "../context.ts";
import { conversationsFor } from "../conversations/conversations-for.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { storeOutgoing } from "../conversations/store-outgoing.ts";
import { storeEmails } from "../email/store-emails.ts";
import { refuseUnusableMedia } from "../media/refuse-unusable-media.ts";
import type { SendDecision } from "../policy/send-decision.ts";
import { refuseWrongValues } from "../templates/refuse-wrong-values.ts";
import { whatIsRead } from "./content/what-is-read.ts";
import { insertSends } from "./insert-sends.ts";
import type { SendTemplate } from "./named-templates.ts";
import type { NewSend } from "./new-send.ts";
import { sentOnce } from "./sent-once.ts";
import { purposeOf, weighSends } from "./weigh-sends.ts";

export type BatchSend = Pick<NewSend, "content" | "origin" | "purpose" | "onceKey"> & {
  contactId: number;
  channelAccountId: number;
  /** Null: the conversation is made when the message may leave. */
  conversationId: number | null;
  replyToProviderId: string | null;
  priority: number;
  /** The request that brought it, where several share a transaction. */
  requestId?: string | null;
  /** After this the message is pointless: it is cancelled instead of sent, and refused where it would have to wait longer. */
  expiresAt?: Date;
};

/** `messageId` is null where the policy refused. */
export type BatchResult = { messageId: number | null; decision: SendDecision };

/** Decides over messages and stores those that may leave, now or later, in a few statements for all of them. One result each, in order. */
export async function queueBatch(tx: TxCtx, sends: BatchSend[]): Promise<BatchResult[]> {
  const keys = sends.flatMap(({ onceKey }) => onceKey ?? []);
  await lockNames(
    tx,
    keys.map((key) => `send ${key}`),
  );
  const repeated = await sentOnce(tx, keys);
  const fresh = sends.filter(({ onceKey }) => onceKey === undefined || !repeated.has(onceKey));
  const stored = await decideAndStore(tx, fresh);
  return sends.map((send) => {
    const result = stored.get(send) ?? (send.onceKey === undefined ? undefined : repeated.get(send.onceKey));
    if (!result) throw new Error("a message was neither stored nor found");
    return result;
  });
}

async function decideAndStore(tx: TxCtx, sends: BatchSend[]): Promise<Map<BatchSend, BatchResult>> {
  if (sends.length === 0) return new Map();
  await refuseUnusableMedia(
    tx,
    sends.map(({ content }) => content),
  );
  const weighed = await weighSends(tx, sends);
  for (const { send, template } of weighed)
    if (template && send.content.type === "template") refuseWrongValues(template.components, send.content.components);
  const results = new Map<BatchSend, BatchResult>();
  const leaving: Leaving[] = [];
  for (const { send, decision: said, template } of weighed) {
    const decision = inTime(send, said);
    if (decision.outcome === "refused") results.set(send, { messageId: null, decision });
    else leaving.push({ send, decision, template });
  }
  const ids = await store(tx, leaving);
  for (const [index, { send, decision }] of leaving.entries())
    results.set(send, { messageId: ids[index] ?? null, decision });
  return results;
}

function inTime({ expiresAt }: BatchSend, decision: SendDecision): SendDecision {
  if (expiresAt === undefined || decision.outcome !== "later" || decision.at < expiresAt) return decision;
  const { at: _, by: _by, ...rest } = decision;
  return { ...rest, outcome: "refused", reason: `${decision.reason} That would be too late.` };
}

export type Leaving = { send: BatchSend; decision: SendDecision; template: SendTemplate | undefined };

async function store(tx: TxCtx, leaving: Leaving[]): Promise<number[]> {
  const homeless = leaving.flatMap(({ send }) => (send.conversationId === null ? [send] : []));
  const made = homeless.length === 0 ? new Map<BatchSend, number>() : await conversationsFor(tx, homeless);
  const addressed = leaving.map((item) => ({
    ...item,
    conversationId: item.send.conversationId ?? made.get(item.send) ?? 0,
  }));
  const messageIds = await storeOutgoing(
    tx,
    addressed.map(({ send, decision, template, conversationId }) => {
      const { contactId, channelAccountId, origin, replyToProviderId, requestId = tx.requestId ?? null } = send;
      const read = whatIsRead(send.content, template?.components ?? null);
      const statusReason = decision.outcome === "later" ? decision.reason : null;
      const templateId = template?.id ?? null;
      return {
        ...read,
        conversationId,
        contactId,
        channelAccountId,
        origin,
        replyToProviderId,
        templateId,
        statusReason,
        requestId,
      };
    }),
  );
  const stored = addressed.map((item, index) => ({ ...item, messageId: messageIds[index] ?? 0 }));
  insertSends(
    tx,
    stored.map((item) => ({ ...item, purpose: purposeOf(item.send, item.template) })),
  );
  await storeEmails(
    tx,
    stored.flatMap(({ send: { content, contactId, channelAccountId, origin }, messageId }) =>
      content.type === "email" ? [{ content, contactId, channelAccountId, origin, messageId }] : [],
    ),
  );
  return messageIds;
}
