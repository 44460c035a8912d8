import type { TxCtx } from "../context.ts";
import { type BatchResult, queueBatch } from "../sends/queue-batch.ts";
import { noteProposal } from "./earlier-proposals.ts";
import type { PlannedProposal } from "./plan-proposals.ts";

export type SentProposal = BatchResult & { by: PlannedProposal["by"] };

/** Puts what was planned into the outbox, unless the policy refuses it. With the first of its times it is over. */
export async function queueProposal(tx: TxCtx, plan: PlannedProposal, onceKey?: string): Promise<SentProposal> {
  const { by, send, times, decision } = plan;
  if (decision.outcome === "refused") return { by, messageId: null, decision };
  const once = onceKey === undefined ? {} : { onceKey };
  const expiresAt = new Date(Math.min(...times.map(({ startsAt }) => Date.parse(startsAt))));
  const [result] = await queueBatch(tx, [
    { ...send, conversationId: null, replyToProviderId: null, priority: 8, expiresAt, ...once },
  ]);
  if (!result) throw new Error("the outbox gave no answer");
  if (result.messageId !== null) await noteProposal(tx, { messageId: result.messageId, times, expiresAt });
  return { by, ...result };
}
