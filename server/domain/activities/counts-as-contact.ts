import type { Activity } from "./activity.ts";

/** Whether the person and the house were in touch. A note, a plan or a call that nobody took is no contact, whoever began it. */
export function countsAsContact({
  activityType,
  direction,
  status,
}: Pick<Activity, "activityType" | "direction" | "status">): boolean {
  if (activityType === "note" || direction === "missed") return false;
  return status === null || status === "completed";
}
