import type { TxCtx } from "../context.ts";
import { messagesById } from "../conversations/get-message.ts";
import { DomainError, notFound } from "../domain-error.ts";
import type { SendDecision } from "../policy/send-decision.ts";
import { addressedSends } from "./addressed-sends.ts";
import { type NewSend, priorityOf, type QueuedMessage } from "./new-send.ts";
import { queueBatch } from "./queue-batch.ts";

export type GroupSend = { input: NewSend; requestId: string | null };

export type GroupResult = { queued: QueuedMessage } | { refusal: Error };

/** Queues messages to conversations that are there. One result each, in order; what is refused hinders no other. */
export async function queueGroup(tx: TxCtx, sends: GroupSend[]): Promise<GroupResult[]> {
  const addressed = await addressedSends(
    tx,
    sends.map(({ input }) => input),
  );
  const found = addressed.flatMap((send, index) => {
    const asked = sends[index];
    if (!send || !asked) return [];
    const priority = asked.input.priority ?? priorityOf(asked.input.origin);
    return [{ asked, send: { ...send, priority, requestId: asked.requestId } }];
  });
  const stored = await queueBatch(
    tx,
    found.map(({ send }) => send),
  );
  const messages = await messagesById(
    tx,
    stored.flatMap(({ messageId }) => messageId ?? []),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const results = new Map(found.map(({ asked }, index) => [asked, stored[index]]));
  return sends.map((asked) => {
    const result = results.get(asked);
    if (!result) return { refusal: notFound("conversation", asked.input.conversationId) };
    const { messageId, decision } = result;
    const message = messageId === null ? undefined : byId.get(messageId);
    return message ? { queued: { message, decision } } : { refusal: refusedSend(decision) };
  });
}

function refusedSend(decision: SendDecision): Error {
  if (decision.outcome !== "refused") return new Error("a message was neither stored nor refused");
  const { obstacle, reason, alternatives } = decision;
  return new DomainError({ kind: "send_refused", obstacle, message: reason, alternatives });
}
