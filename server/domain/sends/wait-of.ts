import type { SendDecision } from "../policy/send-decision.ts";

export type Wait = { at: Date; reason: string | null; inOrder: boolean };

/** When the outbox looks at a message first. Buckets and pauses are the worker's own: it knows best when they end. */
export function waitOf(decision: SendDecision, now: Date): Wait {
  if (decision.outcome !== "later") return { at: now, reason: null, inOrder: true };
  const { obstacle, reason, at } = decision;
  if (obstacle === "number_paused") return { at: now, reason, inOrder: true };
  // A short wait keeps the conversation's order; nobody's answer waits for a campaign's quiet hours.
  return { at, reason, inOrder: obstacle === "pair_rate" };
}
