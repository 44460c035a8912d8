import type { TxCtx } from "../context.ts";
import { type BatchResult, queueBatch } from "../sends/queue-batch.ts";
import { type PlannedProposal, type ProposalRules, planProposals, type WantedProposal } from "./plan-proposals.ts";

export type SentProposal = BatchResult & { by: PlannedProposal["by"] };

/** Proposes another visit by what takes it now. Null: nothing is connected to send by. */
export async function sendProposal(
  tx: TxCtx,
  proposal: WantedProposal,
  rules: ProposalRules & { onceKey: string },
): Promise<SentProposal | null> {
  const plan = (await planProposals(tx, [proposal], rules)).get(proposal);
  return plan ? queueProposal(tx, plan, rules.onceKey) : null;
}

/** Puts what was planned into the outbox, unless the policy refuses it. */
export async function queueProposal(tx: TxCtx, plan: PlannedProposal, onceKey?: string): Promise<SentProposal> {
  const { by, send, decision } = plan;
  if (decision.outcome === "refused") return { by, messageId: null, decision };
  const once = onceKey === undefined ? {} : { onceKey };
  const [result] = await queueBatch(tx, [
    { ...send, conversationId: null, replyToProviderId: null, priority: 8, ...once },
  ]);
  if (!result) throw new Error("the outbox gave no answer");
  return { by, ...result };
}
