import { type Stage, stageOfTemperature, type Temperature, temperatures } from "../../../shared/stages.ts";
import type { ContactFilter } from "../../domain/contacts/contact-filter.ts";

const furtherStages: Record<string, Stage> = { contacted: "contacted", negotiation: "opportunity", lost: "lost" };

export const leadStatusWords = [...temperatures, "contacted", "negotiation", "lost"] as const;
export type LeadStatusWord = (typeof leadStatusWords)[number];

export function stageOfWord(word: LeadStatusWord): Stage {
  const temperature = temperatureOfWord(word);
  return temperature ? stageOfTemperature[temperature] : (furtherStages[word] ?? "new");
}

export function filterOfWord(word: LeadStatusWord): ContactFilter {
  const temperature = temperatureOfWord(word);
  return temperature ? { temperature } : { stage: stageOfWord(word) };
}

function temperatureOfWord(word: LeadStatusWord): Temperature | undefined {
  return temperatures.find((known) => known === word);
}
