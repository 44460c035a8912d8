import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { createBatch } from "./facts/batch.ts";
import { loadSendFacts } from "./facts/load-send-facts.ts";
import type { SendDecision, WantedSend } from "./send-decision.ts";
import { sendPolicy } from "./send-policy.ts";

/** The most messages that are decided in one go. */
export const mostWanted = 1_000;

/**
 * What the policy says of each wanted message, in their order, as if they left one after the other: what the first ones use up (places
 * of the tier, a person's caps, free replies) is missing for those behind. Changes nothing.
 */
export async function decideSends(ctx: Ctx, wanted: WantedSend[]): Promise<SendDecision[]> {
  if (wanted.length === 0) return [];
  if (wanted.length > mostWanted) throw invalid("wanted", `at most ${mostWanted} messages are decided at once`);
  const now = ctx.now();
  const factsOf = await loadSendFacts(ctx, wanted, now);
  const batch = createBatch();
  return wanted.map((send, index) => {
    const facts = batch.withWhatWentBefore(factsOf(index), send);
    const decision = sendPolicy(facts, send, now);
    batch.note(facts, send, decision, now);
    return decision;
  });
}

/** The same for one message. */
export async function decideSend(ctx: Ctx, wanted: WantedSend): Promise<SendDecision> {
  const [decision] = await decideSends(ctx, [wanted]);
  if (!decision) throw new Error("the policy gave no decision");
  return decision;
}
