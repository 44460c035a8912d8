import type { Stage } from "../../../../shared/stages.ts";

export const leadStatuses = ["new", "contacted", "qualified", "converted", "lost"] as const;
export type LeadStatus = (typeof leadStatuses)[number];

/** What clients in use send besides. */
export const leadStatusInputs = [...leadStatuses, "follow_up", "appointment_scheduled"] as const;
export type LeadStatusInput = (typeof leadStatusInputs)[number];

export function statusWord(stage: Stage): LeadStatus {
  switch (stage) {
    case "new":
    case "contacted":
    case "qualified":
    case "lost":
      return stage;
    case "nurture":
      return "contacted";
    case "sales_qualified":
    case "opportunity":
      return "qualified";
    case "customer":
      return "converted";
    case "junk":
      return "lost";
  }
}

/** Writing a word sets the first of the stages that read as it; to be followed up is to be contacted, a booking qualifies. */
export function stageOfWord(word: LeadStatusInput): Stage {
  switch (word) {
    case "new":
    case "contacted":
    case "qualified":
    case "lost":
      return word;
    case "converted":
      return "customer";
    case "follow_up":
      return "contacted";
    case "appointment_scheduled":
      return "qualified";
  }
}

/** All stages that read as the word. */
export function stagesOfFilter(word: LeadStatusInput): Stage[] {
  const stages: Record<LeadStatus, Stage[]> = {
    new: ["new"],
    contacted: ["contacted", "nurture"],
    qualified: ["qualified", "sales_qualified", "opportunity"],
    converted: ["customer"],
    lost: ["lost", "junk"],
  };
  return stages[statusWord(stageOfWord(word))];
}
