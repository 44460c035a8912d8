import { listOf, objectOf } from "../../../shared/json.ts";
import type { InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { isNamed, personKeys } from "./person-keys.ts";

type Fields = Record<string, unknown>;

/** `user_id_update`: a person got a new business-scoped id, which happens with a new number. */
export function parseUserIdUpdates(change: Change): InboundUpdate[] {
  return listOf(change.value.user_id_update ?? change.value).map((item) => parseUserIdUpdate(change, item));
}

function parseUserIdUpdate(change: Change, item: unknown): InboundUpdate {
  const raw = objectOf(item) ?? {};
  const from = { ...keysAt(raw, "previous"), ...personKeys({ phone: raw.wa_id }) };
  const to = keysAt(raw, "current");
  if (!isNamed(from) || !isNamed(to)) return unknownUpdate(change, "no previous or no current id", item);
  const at = providerTime(raw.timestamp ?? change.entryTime, change.receivedAt);
  return { kind: "identity_changed", channel: change.channel, change: "user_id", from, to, at };
}

function keysAt(raw: Fields, when: "previous" | "current"): PersonKeys {
  const userId = objectOf(raw.user_id) ?? {};
  const parentUserId = objectOf(raw.parent_user_id) ?? {};
  return personKeys({ userId: userId[when], parentUserId: parentUserId[when] });
}
