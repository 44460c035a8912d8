import { jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { DeliveryStatus, InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { accountEvent, errorEvents } from "./account-events.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { completedBy } from "./contact-book.ts";
import { addresseeOf } from "./parse-echoes.ts";
import { parseMessage } from "./parse-message.ts";
import { senderOf } from "./parse-messages.ts";
import { personKeys, phoneDigits } from "./person-keys.ts";

type Fields = Record<string, unknown>;

/** Up to 180 days of the phone app's chats, in chunks of any order; media of the last days follow as plain messages. */
export function parseHistory(change: Change): InboundUpdate[] {
  const chunks = listOf(change.value.history).flatMap((chunk) => parseChunk(change, chunk));
  return chunks.concat(listOf(change.value.messages).map((message) => parseHistoryMessage(change, {}, message)));
}

function parseChunk(change: Change, item: unknown): InboundUpdate[] {
  const chunk = objectOf(item);
  if (chunk === undefined) return [unknownUpdate(change, "history chunk is not an object", item)];
  const progress = chunk.metadata === undefined ? [] : [progressEvent(change, chunk.metadata)];
  const messages = listOf(chunk.threads).flatMap((thread) => parseThread(change, thread));
  const updates = [...progress, ...errorEvents(change, chunk.errors)].concat(messages);
  return updates.length > 0 ? updates : [unknownUpdate(change, "history chunk without content", item)];
}

function parseThread(change: Change, item: unknown): InboundUpdate[] {
  const thread = objectOf(item);
  const messages = listOf(thread?.messages);
  if (thread === undefined || messages.length === 0) return [unknownUpdate(change, "thread without messages", item)];
  return messages.map((message) => parseHistoryMessage(change, thread, message));
}

function parseHistoryMessage(change: Change, thread: Fields, item: unknown): InboundUpdate {
  const message = objectOf(item);
  if (message === undefined) return unknownUpdate(change, "message is not an object", item);
  // An old notice of a new number may be outdated by now: it is kept, and not acted upon.
  if (message.type === "system") return accountEvent(change, message, message);
  const groupId = groupOf(thread, message);
  const direction = isOurs(change, thread, message) ? "out" : "in";
  const partner = direction === "out" ? addresseeOf(message) : senderOf(message);
  // In a group the thread is not a person.
  const person = groupId === undefined ? { ...partner, ...threadPerson(thread) } : partner;
  const status = statusOf(message.history_context);
  return parseMessage(
    change,
    message,
    withoutUndefined({
      person: completedBy(change.contacts, person),
      origin: "history",
      direction,
      groupId,
      status,
    }),
  );
}

function isOurs(change: Change, thread: Fields, message: Fields): boolean {
  const from = phoneDigits(message.from);
  const ownNumber = change.channel.provider === "whatsapp_cloud" ? phoneDigits(change.channel.displayPhone) : undefined;
  if (from === undefined) return message.to !== undefined;
  if (ownNumber !== undefined) return from === ownNumber;
  const partner = phoneDigits(thread.id);
  return partner !== undefined && from !== partner && groupOf(thread, message) === undefined;
}

function groupOf(thread: Fields, message: Fields): string | undefined {
  const groupId = textOf(message.group_id) ?? textOf(thread.group_id);
  const threadId = textOf(thread.id);
  return groupId ?? (threadId?.endsWith("@g.us") === true ? threadId : undefined);
}

function threadPerson(thread: Fields): PersonKeys {
  const context = objectOf(thread.context) ?? {};
  return personKeys({
    phone: thread.id ?? context.wa_id,
    userId: thread.user_id ?? context.user_id,
    parentUserId: thread.parent_user_id ?? context.parent_user_id,
    username: thread.username ?? context.username,
  });
}

function statusOf(historyContext: unknown): DeliveryStatus | undefined {
  switch (textOf(objectOf(historyContext)?.status)?.toLowerCase()) {
    case "pending":
      return "accepted";
    case "sent":
      return "sent";
    case "delivered":
      return "delivered";
    case "read":
      return "read";
    case "played":
      return "played";
    case "error":
    case "failed":
      return "failed";
    default:
      return undefined;
  }
}

function progressEvent(change: Change, metadata: unknown): InboundUpdate {
  return accountEvent(change, { event: "progress" }, jsonOf(metadata));
}
