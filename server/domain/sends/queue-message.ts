import type { Ctx } from "../context.ts";
import { checkContent } from "./content/check-content.ts";
import type { NewSend, QueuedMessage } from "./new-send.ts";
import { queueGroup } from "./queue-group.ts";
import { queueTogether } from "./queue-together.ts";

/**
 * Asks the policy and puts one message into the outbox, with everything that shows it, in one transaction (joins an open one). What the
 * policy refuses is thrown and nothing is written; what it puts off is stored and waits.
 */
export async function queueMessage(ctx: Ctx, input: NewSend): Promise<QueuedMessage> {
  checkContent(input.content);
  // Inside an open transaction it has to share that one's fate, and nobody else's; the same key twice in a group would find no first one.
  if (!("tx" in ctx) && input.onceKey === undefined) return queueTogether(ctx, input);
  return ctx.transact(async (tx) => {
    const [result] = await queueGroup(tx, [{ input, requestId: tx.requestId ?? null }]);
    if (result && "queued" in result) return result.queued;
    throw result?.refusal ?? new Error("the outbox gave no answer");
  });
}
