import type * as View from "../../../../shared/v1/sending.ts";
import type { Alternative, SendDecision } from "../../../domain/policy/send-decision.ts";
import { presentMoney } from "../present-money.ts";

export function presentDecision(decision: SendDecision): View.SendDecision {
  const { outcome, reason, warnings, alternatives, price, outsideWindow } = decision;
  return {
    outcome,
    by: outcome === "refused" ? null : decision.by,
    obstacle: outcome === "allowed" ? null : decision.obstacle,
    at: outcome === "later" ? decision.at.toISOString() : null,
    reason,
    warnings,
    alternatives: alternatives.map(presentAlternative),
    price: price && {
      amount: presentMoney(price.amount),
      currency: price.currency,
      category: price.category,
      free: price.free,
      basis: price.basis,
    },
    outside_window: outsideWindow,
  };
}

export function presentAlternative(alternative: Alternative): View.Alternative {
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
