import type { Activity } from "./activity.ts";

/**
 * Whether the person and the house were in touch. A note, a plan or a call that nobody took is no contact, whoever began it; what tells
 * of a message is none by itself: the message counts once it left.
 */
export function countsAsContact({
  activityType,
  direction,
  status,
  messageId,
}: Pick<Activity, "activityType" | "direction" | "status" | "messageId">): boolean {
  if (activityType === "note" || direction === "missed" || messageId !== null) return false;
  return status === null || status === "completed";
}
