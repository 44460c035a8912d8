export type MessageStatus = "pending" | "sent" | "delivered" | "read" | "failed";

/**
 * The document's clients know five words. Waiting is no failure, and what the vendor accepted is on its way; what came in has been
 * delivered, to us.
 */
export function messageStatus(direction: "in" | "out", status: string | null): MessageStatus {
  if (direction === "in") return "delivered";
  return words[status ?? ""] ?? "sent";
}

const words: Record<string, MessageStatus> = {
  queued: "pending",
  unknown: "pending",
  accepted: "sent",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
  cancelled: "failed",
};
