import { objectOf } from "../../../shared/json.ts";
import type { InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { gatewayContent } from "./gateway-content.ts";
import { type GatewayEvent, unknownUpdate } from "./gateway-event.ts";
import { gatewayTime } from "./gateway-time.ts";
import { messageBody } from "./message-body.ts";

type Fields = Record<string, unknown>;

type Author = { person: PersonKeys; groupId?: string; direction: "in" | "out" };

/**
 * A message about another of its author's in the same chat: taken back or changed. The key within says the chat as its author sees it.
 * The rest (keys, timers, syncs) is not for people.
 */
export function parseProtocolMessage(
  event: GatewayEvent,
  item: Fields,
  protocol: Fields,
  { person, groupId, direction }: Author,
): InboundUpdate {
  if (groupId !== undefined) return unknownUpdate(event, "change in a group", item);
  const providerId = providerIdOf(objectOf(protocol.key)?.id);
  const at = gatewayTime(item.messageTimestamp, event.receivedAt);
  const edited = messageBody(protocol.editedMessage);
  if (providerId === undefined) return unknownUpdate(event, "protocol message", item);
  const changed = { channel: event.channel, providerId, at, person, direction };
  if (edited !== undefined) return { kind: "edited", ...changed, content: gatewayContent(edited) };
  // protobuf leaves out a zero, and REVOKE is zero.
  const isRevoke = [undefined, null, 0, "0", "REVOKE"].some((word) => word === protocol.type);
  return isRevoke ? { kind: "revoked", ...changed } : unknownUpdate(event, "protocol message", item);
}
