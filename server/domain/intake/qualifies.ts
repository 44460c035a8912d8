import { scoringRules } from "../scoring/scoring-rules.ts";
import type { Budget } from "./read-budget.ts";

export type Qualification = { qualified: boolean; why: string };

/** Whether a deal is opened: a score of 75, or the wish to buy together with a budget. */
export function qualifies(input: { score: number; intents: string[]; budget?: Budget | undefined }): Qualification {
  const { score, intents, budget } = input;
  if (score >= scoringRules.qualifiedScore) return { qualified: true, why: `score ${score}` };
  const named =
    budget === undefined ? undefined : [plainAmount(budget.amount), budget.currency].filter(Boolean).join(" ");
  if (named !== undefined && intents.includes("buy")) return { qualified: true, why: `wants to buy, budget ${named}` };
  const asked = intents.find((intent) => intent === "pricing" || intent === "demo");
  if (named !== undefined && asked !== undefined)
    return { qualified: true, why: `asked for ${asked}, budget ${named}` };
  return { qualified: false, why: whyNot(score, intents, named) };
}

function whyNot(score: number, intents: string[], budget: string | undefined): string {
  const lacking = `score ${score} is below ${scoringRules.qualifiedScore}`;
  if (budget !== undefined) return `${lacking}, budget ${budget} but no wish to buy`;
  return intents.includes("buy") ? `${lacking}, wants to buy but named no budget` : lacking;
}

// As the column keeps it, an amount has four decimals.
function plainAmount(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}
