import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import { accountEvent } from "./account-events.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { completedBy } from "./contact-book.ts";
import { isNamed, personKeys } from "./person-keys.ts";

/** `user_preferences[]`: a person stops or resumes marketing messages inside WhatsApp. */
export function parsePreferences(change: Change): InboundUpdate[] {
  return listOf(change.value.user_preferences).map((item) => parsePreference(change, item));
}

function parsePreference(change: Change, item: unknown): InboundUpdate {
  const raw = objectOf(item);
  if (raw === undefined) return unknownUpdate(change, "preference is not an object", item);
  const { value } = raw;
  // Others exist ("signup"): kept, and no consent is concluded from them.
  if (value !== "stop" && value !== "resume")
    return accountEvent(change, { event: value, timestamp: raw.timestamp }, item);
  const person = completedBy(
    change.contacts,
    personKeys({ phone: raw.wa_id, userId: raw.user_id, parentUserId: raw.parent_user_id }),
  );
  if (!isNamed(person)) return unknownUpdate(change, "preference without a person", item);
  return {
    kind: "preference",
    channel: change.channel,
    person,
    category: textOf(raw.category) ?? "marketing_messages",
    value,
    at: providerTime(raw.timestamp, change.receivedAt),
  };
}
