import type { DealStage } from "../../../shared/deal-stages.ts";

/** The stages every pipeline's own stages map to, in order, with the probability a deal gets where none is given. */
export const dealStages = [
  { stage: "prospecting", name: "Prospecting", probability: 10 },
  { stage: "qualification", name: "Qualification", probability: 25 },
  { stage: "proposal", name: "Proposal", probability: 50 },
  { stage: "negotiation", name: "Negotiation", probability: 75 },
  { stage: "closed_won", name: "Won", probability: 100 },
  { stage: "closed_lost", name: "Lost", probability: 0 },
] as const satisfies { stage: DealStage; name: string; probability: number }[];

export function isClosed(stage: DealStage): boolean {
  return stage === "closed_won" || stage === "closed_lost";
}
