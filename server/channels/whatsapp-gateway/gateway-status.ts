import { numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { DeliveryStatus } from "../../domain/conversations/inbound-update.ts";

const baileysStatuses: DeliveryStatus[] = ["failed", "accepted", "sent", "delivered", "read", "played"];

/** The status in `status` (Baileys: 0 error … 5 played) or `ack` (whatsapp-web.js: -1 error … 4 played). */
export function gatewayStatus(item: Record<string, unknown>): DeliveryStatus | undefined {
  const status = item.status ?? objectOf(item.update)?.status;
  const ack = numberOf(item.ack);
  const number = numberOf(status) ?? (ack === undefined ? undefined : ack + 1);
  if (number !== undefined) return baileysStatuses[number];
  return statusNamed(textOf(status) ?? textOf(item.ackName) ?? textOf(item.ack));
}

function statusNamed(word: string | undefined): DeliveryStatus | undefined {
  switch (word?.toUpperCase()) {
    case "ERROR":
    case "FAILED":
      return "failed";
    case "PENDING":
      return "accepted";
    case "SERVER_ACK":
    case "SERVER":
    case "SENT":
      return "sent";
    case "DELIVERY_ACK":
    case "DEVICE":
    case "DELIVERED":
      return "delivered";
    case "READ":
      return "read";
    case "PLAYED":
      return "played";
    default:
      return undefined;
  }
}
