import { jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { DeliveryStatus, InboundUpdate, PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { completedBy } from "./contact-book.ts";
import { classOfError, paymentIssue } from "./error-classes.ts";
import { personKeys } from "./person-keys.ts";
import { providerErrors } from "./provider-errors.ts";

/** `statuses[]`: what became of messages we sent. */
export function parseStatuses(change: Change): InboundUpdate[] {
  return listOf(change.value.statuses).map((item) => parseStatus(change, item));
}

function parseStatus(change: Change, item: unknown): InboundUpdate {
  const raw = objectOf(item);
  const providerId = providerIdOf(raw?.id);
  const status = deliveryStatus(raw?.status);
  if (raw === undefined || providerId === undefined) return unknownUpdate(change, "status without a message id", item);
  if (status === undefined) return unknownUpdate(change, "status word not known", item);
  const inGroup = raw.recipient_type === "group";
  const errors = providerErrors(raw.errors);
  const code = errors?.[0]?.code ?? null;
  const failed = status === "failed";
  return withoutUndefined({
    kind: "status",
    channel: change.channel,
    providerId,
    status,
    at: providerTime(raw.timestamp, change.receivedAt),
    person: completedBy(change.contacts, inGroup ? participantOf(raw) : recipientOf(raw)),
    callbackData: textOf(raw.biz_opaque_callback_data),
    errors,
    errorClass: failed ? classOfError({ code }) : undefined,
    paymentMissing: failed && code === paymentIssue ? true : undefined,
    pricing: objectOf(raw.pricing) === undefined ? undefined : jsonOf(raw.pricing),
    groupId: inGroup ? textOf(raw.recipient_id) : undefined,
  });
}

function deliveryStatus(word: unknown): DeliveryStatus | undefined {
  switch (textOf(word)?.toLowerCase()) {
    case "accepted":
      return "accepted";
    case "sent":
      return "sent";
    case "delivered":
      return "delivered";
    case "read":
      return "read";
    case "played":
      return "played";
    case "failed":
      return "failed";
    default:
      return undefined;
  }
}

function recipientOf(status: Record<string, unknown>): PersonKeys {
  return personKeys({
    phone: status.recipient_id,
    userId: status.recipient_user_id,
    parentUserId: status.recipient_parent_user_id,
  });
}

function participantOf(status: Record<string, unknown>): PersonKeys {
  return personKeys({
    phone: status.recipient_participant_id,
    userId: status.recipient_participant_user_id,
    parentUserId: status.recipient_participant_parent_user_id,
  });
}
