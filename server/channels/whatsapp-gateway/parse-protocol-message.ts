import { objectOf } from "../../../shared/json.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { gatewayContent } from "./gateway-content.ts";
import { type GatewayEvent, unknownUpdate } from "./gateway-event.ts";
import { gatewayTime } from "./gateway-time.ts";
import { messageBody } from "./message-body.ts";

type Fields = Record<string, unknown>;

/** A message about another: taken back or changed. The rest (keys, timers, syncs) is not for people. */
export function parseProtocolMessage(event: GatewayEvent, item: Fields, protocol: Fields): InboundUpdate {
  const { channel } = event;
  const providerId = providerIdOf(objectOf(protocol.key)?.id);
  const at = gatewayTime(item.messageTimestamp, event.receivedAt);
  const edited = messageBody(protocol.editedMessage);
  if (providerId === undefined) return unknownUpdate(event, "protocol message", item);
  if (edited !== undefined) return { kind: "edited", channel, providerId, at, content: gatewayContent(edited) };
  // protobuf leaves out a zero, and REVOKE is zero.
  const isRevoke = [undefined, null, 0, "0", "REVOKE"].some((word) => word === protocol.type);
  return isRevoke ? { kind: "revoked", channel, providerId, at } : unknownUpdate(event, "protocol message", item);
}
