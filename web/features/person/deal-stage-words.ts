import type { Deal } from "../../../shared/v1/deal.ts";

export const dealStageWords: Record<Deal["stage"], string> = {
  prospecting: "Prospecting",
  qualification: "Qualification",
  proposal: "Proposal",
  negotiation: "Negotiation",
  closed_won: "Won",
  closed_lost: "Lost",
};
