import type { Ctx } from "../context.ts";
import { getMessage } from "../conversations/get-message.ts";
import { DomainError, notFound } from "../domain-error.ts";
import type { SendDecision } from "../policy/send-decision.ts";
import { addressedSends } from "./addressed-sends.ts";
import { checkContent } from "./content/check-content.ts";
import { type NewSend, priorityOf, type QueuedMessage } from "./new-send.ts";
import { queueBatch } from "./queue-batch.ts";

/**
 * Asks the policy and puts one message into the outbox, with everything that shows it, in one transaction (joins an open one). What the
 * policy refuses is thrown and nothing is written; what it puts off is stored and waits.
 */
export async function queueMessage(ctx: Ctx, input: NewSend): Promise<QueuedMessage> {
  checkContent(input.content);
  return ctx.transact(async (tx) => {
    const [addressed] = await addressedSends(tx, [input]);
    if (!addressed) throw notFound("conversation", input.conversationId);
    const [queued] = await queueBatch(tx, [{ ...addressed, priority: input.priority ?? priorityOf(input.origin) }]);
    if (!queued) throw new Error("the outbox gave no answer");
    if (queued.messageId === null) throw refusedSend(queued.decision);
    return { message: await getMessage(tx, queued.messageId), decision: queued.decision };
  });
}

function refusedSend(decision: SendDecision): Error {
  if (decision.outcome !== "refused") return new Error("a message was neither stored nor refused");
  const { obstacle, reason, alternatives } = decision;
  return new DomainError({ kind: "send_refused", obstacle, message: reason, alternatives });
}
