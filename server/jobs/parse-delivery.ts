import { objectOf, textOf } from "../../shared/json.ts";
import { parseWebhook } from "../channels/whatsapp-cloud/parse-body.ts";
import { parseJsonKeepingBigIntegers } from "../channels/whatsapp-cloud/parse-json.ts";
import { parseGatewayBody } from "../channels/whatsapp-gateway/parse-gateway-body.ts";
import type { ClaimedDelivery } from "../domain/conversations/claim-deliveries.ts";
import type { InboundUpdate } from "../domain/conversations/inbound-update.ts";

/** What a stored body says, in the words of the domain. Never throws. */
export function parseDelivery(delivery: ClaimedDelivery): InboundUpdate[] {
  const receivedAt = new Date(delivery.received_at);
  const json = parseJsonKeepingBigIntegers(delivery.body.toString("utf8"));
  if (!json.ok)
    return [{ kind: "unknown", channel: { provider: "whatsapp_cloud" }, field: "", why: json.why, details: null }];
  if (delivery.provider !== "whatsapp_gateway" || delivery.company_id === null)
    return parseWebhook(json.value, receivedAt);
  const instance = textOf(objectOf(json.value)?.instance)?.slice(0, 100) ?? "gateway";
  return parseGatewayBody(json.value, { companyId: delivery.company_id, instance }, receivedAt);
}
