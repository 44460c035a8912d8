import { listOf, objectOf } from "../../../shared/json.ts";
import type { InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { completedBy } from "./contact-book.ts";
import { parseMessage } from "./parse-message.ts";
import { personKeys } from "./person-keys.ts";

/** `message_echoes[]`: what the business wrote in its phone app. The person is whom it was written to. */
export function parseEchoes(change: Change): InboundUpdate[] {
  return listOf(change.value.message_echoes).map((item) => {
    const message = objectOf(item);
    if (message === undefined) return unknownUpdate(change, "echo is not an object", item);
    const person = completedBy(change.contacts, addresseeOf(message));
    return parseMessage(change, message, { person, origin: "echo", direction: "out" });
  });
}

export function addresseeOf(message: Record<string, unknown>): PersonKeys {
  return personKeys({ phone: message.to, userId: message.to_user_id, parentUserId: message.to_parent_user_id });
}
