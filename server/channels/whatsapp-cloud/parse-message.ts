import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { DeliveryStatus, InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { contentHashId, providerIdOf } from "../../domain/conversations/provider-id.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { messageContent } from "./message-content.ts";
import { isNamed } from "./person-keys.ts";

/** Whose message it is and how it reached us: what differs between messages[], message_echoes[] and history[]. */
export type Authorship = {
  person: PersonKeys;
  origin: "person" | "echo" | "history";
  direction: "in" | "out";
  groupId?: string;
  status?: DeliveryStatus;
};

type RawMessage = Record<string, unknown>;

/** A message, or the change it makes to an earlier one. */
export function parseMessage(change: Change, message: RawMessage, authorship: Authorship): InboundUpdate {
  if (message.type === "edit") return editedMessage(change, message);
  if (message.type === "revoke") return revokedMessage(change, message);
  if (!isNamed(authorship.person)) return unknownUpdate(change, "message without a person", message);
  const context = objectOf(message.context) ?? {};
  return withoutUndefined({
    kind: "message",
    channel: change.channel,
    providerId: providerIdOf(message.id) ?? contentHashId(jsonOf({ channel: change.channel, message })),
    origin: authorship.origin,
    direction: authorship.direction,
    person: authorship.person,
    sentAt: providerTime(message.timestamp, change.receivedAt),
    content: messageContent(message),
    replyTo: providerIdOf(context.id),
    forwarded: context.forwarded === true || context.frequently_forwarded === true ? true : undefined,
    referral: objectOf(message.referral) === undefined ? undefined : jsonOf(message.referral),
    groupId: authorship.groupId ?? textOf(message.group_id),
    status: authorship.status,
  });
}

function editedMessage(change: Change, message: RawMessage): InboundUpdate {
  const edit = objectOf(message.edit);
  const providerId = providerIdOf(edit?.original_message_id);
  const edited = objectOf(edit?.message);
  if (providerId === undefined || edited === undefined) {
    return unknownUpdate(change, "edit without its original or its content", message);
  }
  const at = providerTime(message.timestamp, change.receivedAt);
  return { kind: "edited", channel: change.channel, providerId, at, content: messageContent(edited) };
}

function revokedMessage(change: Change, message: RawMessage): InboundUpdate {
  const providerId = providerIdOf(objectOf(message.revoke)?.original_message_id);
  if (providerId === undefined) return unknownUpdate(change, "revoke without its original", message);
  const at = providerTime(message.timestamp, change.receivedAt);
  return { kind: "revoked", channel: change.channel, providerId, at };
}
