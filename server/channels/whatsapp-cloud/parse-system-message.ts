import { objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import { accountEvent } from "./account-events.ts";
import type { Change } from "./change.ts";
import { isNamed, personKeys } from "./person-keys.ts";

/**
 * WhatsApp's own notice about a person. Nobody wrote it: it must not open a window or make a lead, so what is not a
 * new number or id becomes an account event and never a message.
 */
export function parseSystemMessage(change: Change, message: Record<string, unknown>, from: PersonKeys): InboundUpdate {
  const system = objectOf(message.system) ?? {};
  const identityChange = changeNamed(textOf(system.type));
  const to = personKeys({
    // Older versions spell it new_wa_id.
    phone: system.wa_id ?? system.new_wa_id,
    userId: system.user_id,
    parentUserId: system.parent_user_id,
  });
  if (identityChange === undefined || !isNamed(from) || !isNamed(to)) {
    return accountEvent(change, { ...system, timestamp: message.timestamp }, message);
  }
  return withoutUndefined({
    kind: "identity_changed",
    channel: change.channel,
    change: identityChange,
    from,
    to,
    at: providerTime(message.timestamp, change.receivedAt),
    text: textOf(system.body),
    providerId: providerIdOf(message.id),
  });
}

function changeNamed(systemType: string | undefined): "number" | "user_id" | undefined {
  if (systemType === "user_changed_number") return "number";
  return systemType === "user_changed_user_id" ? "user_id" : undefined;
}
