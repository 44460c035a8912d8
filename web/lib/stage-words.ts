import type { Stage } from "../../shared/stages.ts";

/** One word per stage, everywhere on the screen. */
export const stageWords: Record<Stage, string> = {
  new: "New",
  contacted: "Contacted",
  nurture: "Nurture",
  qualified: "Qualified",
  sales_qualified: "Sales qualified",
  opportunity: "Opportunity",
  customer: "Customer",
  lost: "Lost",
  junk: "Junk",
};
