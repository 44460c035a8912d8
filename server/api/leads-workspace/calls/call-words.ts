import type { ActivityDirection, ActivityStatus } from "../../../../shared/activity-types.ts";
import type { Activity } from "../../../domain/activities/activity.ts";

/** The document's word first; the others are taken as well. */
const directions: Record<string, ActivityDirection> = {
  "Outbound Call": "outgoing",
  "Inbound Call": "incoming",
  "Missed Call": "missed",
  "Outgoing Call": "outgoing",
  "Incoming Call": "incoming",
  Outbound: "outgoing",
  Inbound: "incoming",
  Outgoing: "outgoing",
  Incoming: "incoming",
  Missed: "missed",
  outbound: "outgoing",
  inbound: "incoming",
  outgoing: "outgoing",
  incoming: "incoming",
  missed: "missed",
};
export const callTypeWords = Object.keys(directions);

const statuses: Record<string, ActivityStatus> = {
  completed: "completed",
  missed: "missed",
  no_answer: "no_answer",
  voicemail: "voicemail",
  busy: "busy",
  failed: "failed",
  scheduled: "scheduled",
  cancelled: "cancelled",
  "no-answer": "no_answer",
  "No Answer": "no_answer",
  canceled: "cancelled",
  Completed: "completed",
  Missed: "missed",
  Busy: "busy",
  Failed: "failed",
  Canceled: "cancelled",
};
export const callStatusWords = Object.keys(statuses);

export function directionOf(word: string | null | undefined): ActivityDirection {
  return directions[word ?? "Outbound Call"] ?? "outgoing";
}

export function callStatusOf(word: string | null | undefined, direction: ActivityDirection): ActivityStatus {
  return statuses[word ?? ""] ?? (direction === "missed" ? "missed" : "completed");
}

export function callTypeOf({ direction }: Pick<Activity, "direction">): string {
  if (direction === "incoming") return "Inbound Call";
  return direction === "missed" ? "Missed Call" : "Outbound Call";
}
