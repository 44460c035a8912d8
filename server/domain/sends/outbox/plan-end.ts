import type { SendOutcome } from "../channel-sender.ts";
import { planNotSent, planRefusal, type RefusalFacts, type RefusalPlan } from "./plan-refusal.ts";

export type EndFacts = RefusalFacts & {
  /** When the vendor was called. */
  calledAt: Date;
  unknownWaitSeconds: number;
};

/** What one call's end means for its message. */
export function planEnd(outcome: SendOutcome, facts: EndFacts): RefusalPlan {
  switch (outcome.kind) {
    case "accepted": {
      const reason = outcome.heldForQuality
        ? "WhatsApp holds it back until it has seen how people take the template."
        : (outcome.note ?? null);
      return { end: { state: "accepted", providerId: outcome.providerId, at: facts.now, reason } };
    }
    case "refused": {
      const { error, retryAfterSeconds } = outcome;
      return planRefusal(error, { ...facts, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
    }
    case "not_sent":
      return planNotSent(outcome.why, facts);
    case "unknown": {
      const lookAgainAt = new Date(facts.calledAt.getTime() + facts.unknownWaitSeconds * 1_000);
      return { end: { state: "unknown", lookAgainAt, reason: unknownReason(outcome.why, facts.vendor) } };
    }
  }
}

export function unknownReason(why: string, vendor = "WhatsApp"): string {
  return `${vendor} did not say whether it took this message (${why.replace(/\.$/, "")}). It is not sent again before that is clear.`;
}
