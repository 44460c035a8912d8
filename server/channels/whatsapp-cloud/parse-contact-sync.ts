import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { isNamed, personKeys } from "./person-keys.ts";

/** `state_sync[]`: the address book of the business's phone app. */
export function parseContactSync(change: Change): InboundUpdate[] {
  return listOf(change.value.state_sync).map((item) => parseSyncedContact(change, item));
}

function parseSyncedContact(change: Change, item: unknown): InboundUpdate {
  const entry = objectOf(item) ?? {};
  const contact = objectOf(entry.contact);
  const action = entry.action;
  if (contact === undefined) return unknownUpdate(change, "not a contact", item);
  if (action !== "add" && action !== "remove") return unknownUpdate(change, "action not known", item);
  const person = personKeys({
    phone: contact.phone_number ?? contact.wa_id,
    userId: contact.user_id,
    parentUserId: contact.parent_user_id,
    username: contact.username,
  });
  if (!isNamed(person)) return unknownUpdate(change, "contact without a number or id", item);
  return withoutUndefined({
    kind: "contact_synced",
    channel: change.channel,
    action,
    person,
    fullName: textOf(contact.full_name),
    firstName: textOf(contact.first_name),
    at: providerTime(objectOf(entry.metadata)?.timestamp, change.receivedAt),
  });
}
