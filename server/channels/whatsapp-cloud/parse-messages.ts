import { listOf, objectOf } from "../../../shared/json.ts";
import type { InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { completedBy } from "./contact-book.ts";
import { parseMessage } from "./parse-message.ts";
import { parseSystemMessage } from "./parse-system-message.ts";
import { personKeys } from "./person-keys.ts";

/** `messages[]`: what people wrote to us. */
export function parseMessages(change: Change): InboundUpdate[] {
  return listOf(change.value.messages).map((item) => {
    const message = objectOf(item);
    if (message === undefined) return unknownUpdate(change, "message is not an object", item);
    const person = completedBy(change.contacts, senderOf(message));
    if (message.type === "system") return parseSystemMessage(change, message, person);
    return parseMessage(change, message, { person, origin: "person", direction: "in" });
  });
}

export function senderOf(message: Record<string, unknown>): PersonKeys {
  return personKeys({
    phone: message.from,
    userId: message.from_user_id,
    parentUserId: message.from_parent_user_id,
  });
}
