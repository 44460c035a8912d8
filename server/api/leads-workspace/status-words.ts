import { type Stage, stages } from "../../../shared/stages.ts";

export const leadStatusWords = ["New", "Contacted", "Nurture", "Qualified", "Unqualified", "Junk"] as const;
export type LeadStatusWord = (typeof leadStatusWords)[number];

/** The stage that writing a word sets. */
export const stageOfStatus: Record<LeadStatusWord, Stage> = {
  New: "new",
  Contacted: "contacted",
  Nurture: "nurture",
  Qualified: "qualified",
  Unqualified: "lost",
  Junk: "junk",
};

export const statusOfStage: Record<Stage, LeadStatusWord> = {
  new: "New",
  contacted: "Contacted",
  nurture: "Nurture",
  qualified: "Qualified",
  sales_qualified: "Qualified",
  opportunity: "Qualified",
  customer: "Qualified",
  lost: "Unqualified",
  junk: "Junk",
};

/** All the stages that read as a word. */
export function stagesOfStatus(word: LeadStatusWord): Stage[] {
  return stages.filter((stage) => statusOfStage[stage] === word);
}
