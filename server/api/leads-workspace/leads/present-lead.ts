import type { Stage } from "../../../../shared/stages.ts";
import type { Lead } from "../../../domain/leads/lead.ts";
import { leadCode } from "../../../domain/leads/lead.ts";
import type { StoryLine } from "../../../domain/leads/lead-story.ts";
import { statusOfStage } from "../status-words.ts";

/** What nobody in particular did: an import, an incoming message, an API key. */
export const nobody = "System";

/** Texts are never null here: the document's clients read them without asking. */
export function presentLead(lead: Lead) {
  return {
    id: String(lead.id),
    lead_id: leadCode(lead.number),
    salutation: lead.salutation,
    firstName: lead.firstName,
    lastName: lead.lastName,
    name: lead.contactName,
    email: lead.email ?? "",
    mobile: lead.phone ?? "",
    organization: lead.organizationName ?? "",
    website: lead.website,
    jobTitle: lead.jobTitle ?? "",
    industry: lead.industry,
    source: lead.source ?? "",
    status: statusOfStage[lead.stage],
    gender: lead.gender,
    noOfEmployees: lead.employees,
    annualRevenue: lead.annualRevenue === null ? null : Number(lead.annualRevenue),
    territory: lead.territory,
    leadOwner: lead.ownerName ?? "",
    contactId: String(lead.contactId),
    organizationId: lead.organizationId === null ? "" : String(lead.organizationId),
    convertedToDeal: lead.convertedAt !== null,
    dealId: lead.dealId === null ? "" : String(lead.dealId),
    activitiesCount: lead.activityCount,
    createdAt: lead.createdAt,
    createdBy: lead.createdByName ?? nobody,
    updatedAt: lead.updatedAt,
  };
}

export function presentStoryLine(line: StoryLine) {
  return { ...inWords(line), by: line.by ?? nobody, timestamp: line.at };
}

function inWords(line: StoryLine): { type: string; description: string } {
  switch (line.kind) {
    case "created":
      return { type: "created", description: "Lead created" };
    case "converted":
      return { type: "converted", description: "Lead converted to deal" };
    case "task":
      return { type: "task_created", description: `Task created: ${line.title ?? ""}` };
    case "stage_changed":
      return statusChange(line);
    case "activity":
      return activityInWords(line);
  }
}

// Between two stages that read as one status the stages are named.
function statusChange({ from, to }: StoryLine): { type: string; description: string } {
  const [before, after] = [from, to].map((stage) => (stage === null ? "" : statusOfStage[stage]));
  if (before !== after) return { type: "status_changed", description: `Status changed from ${before} to ${after}` };
  return { type: "stage_changed", description: `Stage changed from ${stageInWords(from)} to ${stageInWords(to)}` };
}

function stageInWords(stage: Stage | null): string {
  const words = (stage ?? "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function activityInWords({ activityType, direction, title }: StoryLine): { type: string; description: string } {
  const isIncoming = direction === "incoming";
  if (activityType === "email" && isIncoming)
    return { type: "email_received", description: `Email received: ${title}` };
  if (activityType === "email") return { type: "email_sent", description: `Email sent: ${title}` };
  if (activityType === "call") return { type: "call_logged", description: `Call logged: ${title}` };
  if (activityType === "note") return { type: "note_added", description: `Note added: ${title}` };
  return { type: `${activityType}_logged`, description: title ?? "" };
}
