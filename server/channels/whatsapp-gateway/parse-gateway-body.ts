import { cleanJson } from "../../../shared/clean-json.ts";
import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { type GatewayEvent, unknownUpdate } from "./gateway-event.ts";
import { parseConnection } from "./parse-connection.ts";
import { parseGatewayContact } from "./parse-gateway-contact.ts";
import { parseGatewayMessage } from "./parse-gateway-message.ts";
import { parseMessageUpdate } from "./parse-message-update.ts";

type GatewayChannel = { companyId: number; instance: string };

/**
 * What a WhatsApp gateway (Baileys, Evolution API and their kin) tells: at least one update per body. Takes any JSON
 * value and never throws; what it cannot read comes out as `unknown`.
 */
export function parseGatewayBody(body: unknown, channel: GatewayChannel, receivedAt: Date): InboundUpdate[] {
  const bodies = listOf(cleanJson(body));
  const source = { name: "", channel: { provider: "whatsapp_gateway" as const, ...channel }, receivedAt };
  if (bodies.length === 0) return [unknownUpdate(source, "empty body", null)];
  return bodies.flatMap((item) => parseEvent(source, item));
}

function parseEvent(source: GatewayEvent, item: unknown): InboundUpdate[] {
  const body = objectOf(item);
  if (body === undefined) return [unknownUpdate(source, "body is not an object", item)];
  const event = { ...source, name: eventName(body) };
  const items = itemsOf(body);
  if (items.length === 0) return [unknownUpdate(event, "event without data", body)];
  return items.flatMap((data) => parseItem(event, data));
}

function parseItem(event: GatewayEvent, item: unknown): InboundUpdate[] {
  switch (event.name) {
    case "messages.upsert":
    case "messages.set":
    case "send.message":
      return [parseGatewayMessage(event, item)];
    case "messages.update":
    case "messages.delete":
    case "message.ack":
    case "messages.ack":
      return [parseMessageUpdate(event, item)];
    case "contacts.upsert":
    case "contacts.update":
    case "contacts.set":
      return [parseGatewayContact(event, item)];
    case "connection.update":
      return [parseConnection(event, item)];
    default:
      return [unknownUpdate(event, "event not known", item)];
  }
}

/** "messages.upsert", also where it is spelled MESSAGES_UPSERT, or left out as in Baileys' own shape. */
function eventName(body: Record<string, unknown>): string {
  const name = textOf(body.event)?.toLowerCase().replaceAll(/[_-]/g, ".");
  if (name !== undefined) return name;
  const looksLikeMessages = body.messages !== undefined || objectOf(body.data ?? body)?.key !== undefined;
  return looksLikeMessages ? "messages.upsert" : (textOf(body.type) ?? "");
}

function itemsOf(body: Record<string, unknown>): unknown[] {
  const data = body.data ?? body.payload ?? body;
  return listOf(data).flatMap((item) => {
    const fields = objectOf(item);
    const inner = fields?.messages ?? fields?.contacts;
    return inner === undefined ? [item] : listOf(inner);
  });
}
