import { objectOf, textOf } from "../../../shared/json.ts";
import type { InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { chatOfKey } from "./chat-of-key.ts";
import { gatewayContent } from "./gateway-content.ts";
import { type GatewayEvent, unknownUpdate } from "./gateway-event.ts";
import { gatewayStatus } from "./gateway-status.ts";
import { gatewayTime } from "./gateway-time.ts";
import { messageBody } from "./message-body.ts";

type Fields = Record<string, unknown>;

/** `messages.update`, `messages.delete`, `message.ack`: what became of a message. */
export function parseMessageUpdate(event: GatewayEvent, raw: unknown): InboundUpdate {
  const item = objectOf(raw);
  // Evolution API has no key object and puts its fields beside the status.
  const key = objectOf(item?.key) ?? item;
  const providerId = providerIdOf(key?.id) ?? providerIdOf(item?.keyId);
  if (item === undefined || key === undefined || providerId === undefined) {
    return unknownUpdate(event, "update without a message id", raw);
  }
  const { channel, receivedAt } = event;
  const at = gatewayTime(item.messageTimestamp ?? item.timestamp, receivedAt);
  const isRevoke = event.name === "messages.delete" || isDeleted(item);
  const edited = messageBody(objectOf(item.update)?.message);
  if (isRevoke || edited !== undefined) {
    const author = authorOf(key, item);
    if (author === undefined) return unknownUpdate(event, "change outside a conversation", raw);
    const changed = { channel, providerId, at, ...author };
    return isRevoke || edited === undefined
      ? { kind: "revoked", ...changed }
      : { kind: "edited", ...changed, content: gatewayContent(edited) };
  }
  const status = gatewayStatus(item);
  if (status === undefined) return unknownUpdate(event, "status word not known", raw);
  const chat = chatOfKey(key, item);
  if (chat.kind === "person") {
    const { kind: _kind, ...whereTo } = chat;
    return { kind: "status", channel, providerId, status, at, ...whereTo };
  }
  return { kind: "status", channel, providerId, status, at, person: {} };
}

type Author = { person?: PersonKeys; direction?: "in" | "out" };

/** Whose message it is; undefined where it stands in no conversation. Some gateways name no chat at all. */
function authorOf(key: Fields, item: Fields): Author | undefined {
  if (textOf(key.remoteJid) === undefined) return {};
  const chat = chatOfKey(key, item);
  if (chat.kind === "none" || chat.groupId !== undefined) return undefined;
  if (typeof key.fromMe !== "boolean") return { person: chat.person };
  return { person: chat.person, direction: key.fromMe ? "out" : "in" };
}

/** Evolution API says so in words, Baileys by a stub of type REVOKE in place of the message. */
function isDeleted(item: Fields): boolean {
  const stub = objectOf(item.update)?.messageStubType;
  return textOf(item.status)?.toUpperCase() === "DELETED" || stub === 1 || stub === "REVOKE";
}
