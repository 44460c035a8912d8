import { objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { personOfJids } from "./chat-of-key.ts";
import { type GatewayEvent, unknownUpdate } from "./gateway-event.ts";

/** One contact of the paired phone's address book. */
export function parseGatewayContact(event: GatewayEvent, raw: unknown): InboundUpdate {
  const contact = objectOf(raw) ?? {};
  // Evolution API's `id` is its own row; the WhatsApp id stands in remoteJid.
  const keys = personOfJids([contact.remoteJid ?? contact.id, contact.phoneNumber, contact.jid, contact.lid]);
  if (keys.waId === undefined && keys.jid === undefined) return unknownUpdate(event, "not a conversation", raw);
  return withoutUndefined({
    kind: "contact_synced",
    channel: event.channel,
    action: "add",
    person: withoutUndefined({ ...keys, profileName: textOf(contact.notify) ?? textOf(contact.pushName) }),
    fullName: textOf(contact.name),
    at: event.receivedAt,
  });
}
