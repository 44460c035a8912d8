import { type Stage, stageOfTemperature, type Temperature, temperatures } from "../../../shared/stages.ts";

/** Words that clients in use send besides the document's five. */
const furtherStages = { contacted: "contacted", negotiation: "opportunity", lost: "lost" } as const;
type FurtherWord = keyof typeof furtherStages;

export type LeadStatus = Temperature | FurtherWord;

export const leadStatusWords: readonly LeadStatus[] = [...temperatures, "contacted", "negotiation", "lost"];

/** The stage that writing a word sets: the first of those that read as this word. */
export function stageOfLeadStatus(word: LeadStatus): Stage {
  return isFurther(word) ? furtherStages[word] : stageOfTemperature[word];
}

/** What a list is filtered by. */
export function filterOfLeadStatus(word: LeadStatus): { temperature: Temperature } | { stage: Stage } {
  return isFurther(word) ? { stage: furtherStages[word] } : { temperature: word };
}

function isFurther(word: LeadStatus): word is FurtherWord {
  return word in furtherStages;
}
