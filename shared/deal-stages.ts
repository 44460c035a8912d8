/** The six words that the stages of every pipeline share, in order. */
export const dealStageWords = [
  "prospecting",
  "qualification",
  "proposal",
  "negotiation",
  "closed_won",
  "closed_lost",
] as const;
export type DealStage = (typeof dealStageWords)[number];
