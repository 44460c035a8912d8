import type { JsonObject } from "../../../shared/json.ts";
import type { DueMessage, DueTemplate, DueWebhook } from "../../domain/simulator/claim-webhooks.ts";
import { accountEnvelope, messagesEnvelope, unixSeconds } from "./webhook-envelope.ts";

/** The body Meta would post for a status or a template's review. */
export function buildDueWebhook(due: DueWebhook): JsonObject {
  const at = new Date(due.happenedAt);
  if (due.about === "message") return messagesEnvelope(due, statusValue(due, due.message, at));
  return accountEnvelope(due.wabaId, "message_template_status_update", verdictValue(due.status, due.template), at);
}

function statusValue(due: DueWebhook, message: DueMessage, at: Date): JsonObject {
  const { status } = due;
  const failed = status === "failed";
  const { waId, userId, callbackData } = message;
  // A failed status names nobody but the number that was dialled.
  const contacts = failed ? {} : { contacts: [{ ...(waId === null ? {} : { wa_id: waId }), user_id: userId }] };
  return {
    ...contacts,
    statuses: [
      {
        id: message.providerId,
        status,
        timestamp: String(unixSeconds(at)),
        ...(waId === null ? {} : { recipient_id: waId }),
        ...(failed && waId !== null ? {} : { recipient_user_id: userId }),
        ...(callbackData === null ? {} : { biz_opaque_callback_data: callbackData }),
        ...(failed ? { errors: due.errors } : pricedAs(status, message, at)),
      },
    ],
  };
}

/** Priced per message, with `sent` and `delivered`; the conversation is named only where an ad or a page button opened it. */
function pricedAs(status: string, message: DueMessage, at: Date): JsonObject {
  if (status !== "sent" && status !== "delivered") return {};
  const free = message.freeEntryUntil !== null && Date.parse(message.freeEntryUntil) > Date.parse(message.sentAt);
  const category = free ? "referral_conversion" : (message.category ?? "service");
  const type = free ? "free_entry_point" : "regular";
  const pricing = { billable: !free, pricing_model: "PMP", category, type };
  if (!free) return { pricing };
  const conversation = {
    id: `${message.userId}-${unixSeconds(new Date(message.freeEntryUntil ?? at))}`,
    ...(status === "sent" ? { expiration_timestamp: String(unixSeconds(new Date(message.freeEntryUntil ?? at))) } : {}),
    origin: { type: "referral_conversion" },
  };
  return { conversation, pricing };
}

function verdictValue(status: string, { templateId, name, language, category }: DueTemplate): JsonObject {
  return {
    event: status,
    message_template_id: Number(templateId),
    message_template_name: name,
    message_template_language: language,
    message_template_category: category,
    reason: status === "REJECTED" ? "INVALID_FORMAT" : "NONE",
  };
}
