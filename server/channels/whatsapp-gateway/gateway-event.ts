import { jsonOf } from "../../../shared/json.ts";
import type { ChannelKey, InboundUpdate } from "../../domain/conversations/inbound-update.ts";

/** One event of a gateway on its way through the parsers. */
export type GatewayEvent = {
  name: string;
  channel: ChannelKey;
  receivedAt: Date;
};

export function unknownUpdate(event: GatewayEvent, why: string, item: unknown): InboundUpdate {
  return { kind: "unknown", channel: event.channel, field: event.name, why, details: jsonOf(item) };
}
