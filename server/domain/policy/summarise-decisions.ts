import type { SendDecision } from "./send-decision.ts";

export type DecisionSummary = {
  allowed: number;
  later: number;
  refused: number;
  obstacles: { obstacle: string; count: number }[];
  /** What everything that is not refused costs when it is delivered. */
  cost: { currency: string; amount: string }[];
  unknownPrices: number;
};

/** How many of a list go, wait and stay, why, and what that costs. */
export function summariseDecisions(decisions: SendDecision[]): DecisionSummary {
  const outcomes = { allowed: 0, later: 0, refused: 0 };
  const obstacles = new Map<string, number>();
  const millionths = new Map<string, number>();
  let unknownPrices = 0;
  for (const decision of decisions) {
    outcomes[decision.outcome] += 1;
    if (decision.outcome !== "allowed") obstacles.set(decision.obstacle, (obstacles.get(decision.obstacle) ?? 0) + 1);
    if (decision.outcome === "refused") continue;
    if (decision.price === null) unknownPrices += 1;
    // Whole millionths, because a thousand times 0.0068 in floating point is not 6.8.
    else add(millionths, decision.price.currency, Math.round(Number(decision.price.amount) * 1_000_000));
  }
  return {
    ...outcomes,
    obstacles: [...obstacles].map(([obstacle, count]) => ({ obstacle, count })).toSorted((a, b) => b.count - a.count),
    cost: [...millionths].map(([currency, sum]) => ({ currency, amount: String(sum / 1_000_000) })),
    unknownPrices,
  };
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
