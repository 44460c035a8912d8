import type { Activity } from "./activity.ts";

/** Whether the person and the house were in touch: they called, or what we began reached them. A note or a plan is no contact. */
export function countsAsContact({
  activityType,
  direction,
  status,
}: Pick<Activity, "activityType" | "direction" | "status">): boolean {
  if (activityType === "note" || status === "scheduled" || status === "cancelled") return false;
  if (direction === "incoming" || direction === "missed") return true;
  return status === null || status === "completed";
}
