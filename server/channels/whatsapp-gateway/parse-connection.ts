import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import type { GatewayEvent } from "./gateway-event.ts";

/** The gateway gained or lost its phone. */
export function parseConnection(event: GatewayEvent, raw: unknown): InboundUpdate {
  const fields = objectOf(raw) ?? {};
  return withoutUndefined({
    kind: "account_event",
    channel: event.channel,
    field: event.name,
    event: textOf(fields.state) ?? textOf(fields.connection),
    at: event.receivedAt,
    details: jsonOf(raw),
  });
}
