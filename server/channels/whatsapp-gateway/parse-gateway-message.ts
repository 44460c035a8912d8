import { type Json, jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { contentHashId, providerIdOf } from "../../domain/conversations/provider-id.ts";
import { chatOfKey } from "./chat-of-key.ts";
import { gatewayContent } from "./gateway-content.ts";
import { type GatewayEvent, unknownUpdate } from "./gateway-event.ts";
import { gatewayStatus } from "./gateway-status.ts";
import { gatewayTime } from "./gateway-time.ts";
import { messageBody } from "./message-body.ts";
import { parseProtocolMessage } from "./parse-protocol-message.ts";

type Fields = Record<string, unknown>;

/** One message of `messages.upsert`. */
export function parseGatewayMessage(event: GatewayEvent, raw: unknown): InboundUpdate {
  const item = objectOf(raw);
  const key = objectOf(item?.key);
  if (item === undefined || key === undefined) return unknownUpdate(event, "message without a key", raw);
  const chat = chatOfKey(key, item);
  if (chat.kind === "none") return unknownUpdate(event, chat.why, raw);
  const body = messageBody(item.message);
  // What could not be decrypted comes without content, and once more when it could.
  if (body === undefined) return unknownUpdate(event, "message without content", raw);
  const fromMe = key.fromMe === true;
  const direction = fromMe ? "out" : "in";
  if (body.word === "protocolMessage") return parseProtocolMessage(event, item, body.fields, { ...chat, direction });
  const context = contextOf(item, body.fields);
  const profileName = fromMe ? undefined : textOf(item.pushName);
  return withoutUndefined({
    kind: "message",
    channel: event.channel,
    providerId: providerIdOf(key.id) ?? contentHashId(jsonOf({ channel: event.channel, item })),
    origin: originOf(event, key),
    direction,
    person: withoutUndefined({ ...chat.person, profileName }),
    sentAt: gatewayTime(item.messageTimestamp, event.receivedAt),
    content: gatewayContent(body),
    replyTo: providerIdOf(context.stanzaId),
    forwarded: context.isForwarded === true ? true : undefined,
    referral: referralOf(context.externalAdReply),
    groupId: chat.groupId,
    status: fromMe ? gatewayStatus(item) : undefined,
  });
}

function originOf(event: GatewayEvent, key: Fields): "person" | "echo" | "history" {
  if (event.name === "messages.set") return "history";
  return key.fromMe === true ? "echo" : "person";
}

function contextOf(item: Fields, body: Fields): Fields {
  return objectOf(body.contextInfo) ?? objectOf(item.contextInfo) ?? {};
}

/** An ad's card without its picture, which comes as bytes. */
function referralOf(card: unknown): Json | undefined {
  const fields = objectOf(card);
  if (fields === undefined) return undefined;
  const { thumbnail: _bytes, ...rest } = fields;
  return jsonOf(rest);
}
