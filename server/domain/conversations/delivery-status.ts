import type { DeliveryStatus } from "./inbound-update.ts";

/**
 * What a message's status may become, weakest first; only a stronger one replaces a weaker one, so the order of arrival does not
 * matter. `failed` is stronger than accepted and sent, and weaker than proof of delivery.
 */
export const statusRank = [
  "queued",
  "unknown",
  "cancelled",
  "accepted",
  "sent",
  "failed",
  "delivered",
  "read",
  "played",
] as const;

export type MessageStatus = (typeof statusRank)[number];

export function strongest(a: DeliveryStatus, b: DeliveryStatus): DeliveryStatus {
  return statusRank.indexOf(a) >= statusRank.indexOf(b) ? a : b;
}
