import type * as View from "../../../../shared/v1/message.ts";
import type { Alternative, SendDecision } from "../../../domain/policy/send-decision.ts";

export function presentDecision(decision: SendDecision): View.SendDecision {
  const { outcome, reason, warnings, alternatives, outsideWindow, price } = decision;
  return {
    outcome,
    by: decision.outcome === "refused" ? null : decision.by,
    obstacle: decision.outcome === "allowed" ? null : decision.obstacle,
    at: decision.outcome === "later" ? decision.at.toISOString() : null,
    reason,
    warnings,
    alternatives: alternatives.map(presentAlternative),
    outside_window: outsideWindow,
    price,
  };
}

export function presentAlternative(alternative: Alternative): View.SendAlternative {
  switch (alternative.kind) {
    case "use_template":
      return { kind: alternative.kind, template_ids: alternative.templateIds };
    case "wait_until":
      return { kind: alternative.kind, at: alternative.at };
    case "other_channel":
      return { kind: alternative.kind, channel: alternative.channel };
    case "ask_for_consent":
    case "call":
    case "reconnect_channel":
      return { kind: alternative.kind };
  }
}
