import type { JsonObject } from "../../../shared/json.ts";
import { openSecret } from "../accounts/seal-secret.ts";
import { spelledDetails, spelledFields } from "../events/event-fields.ts";
import type { ClaimedWebhook } from "./claim-deliveries.ts";
import { signWebhook } from "./sign-webhook.ts";
import { secretContext } from "./webhook-secret.ts";

const largestBytes = 20_000;

export type WebhookMessage = { url: string; headers: Record<string, string>; body: string };

/** What goes over the wire: a thin body, signed for this attempt. The id is the event's, the same at each attempt and replay. */
export function webhookMessage(delivery: ClaimedWebhook, encryptionKey: string, at: Date): WebhookMessage {
  const { url, companyId, webhookId, secretSealed, earlierSecretsSealed, eventId } = delivery;
  const context = secretContext(companyId, webhookId);
  const secrets = [secretSealed, ...earlierSecretsSealed].map((sealed) => openSecret(encryptionKey, sealed, context));
  const body = webhookBody(delivery);
  const signature = signWebhook({ id: `evt_${eventId}`, at, body }, secrets);
  return { url, headers: { "content-type": "application/json", ...signature }, body };
}

/** Fetch the record by its id for more; what would make the body too large is left out and `truncated` says so. */
export function webhookBody(delivery: ClaimedWebhook): string {
  const { eventType: type, occurredAt: timestamp } = delivery;
  const before = spelledFields(delivery.before);
  const after = spelledFields(delivery.after);
  const details = spelledDetails(delivery.data);
  const thin = {
    event_id: delivery.eventId,
    subject: { kind: delivery.subjectKind, id: delivery.subjectId },
    contact_id: delivery.contactId,
    actor: { kind: delivery.actorKind, id: delivery.actorId },
  };
  const whole = bodyOf(type, timestamp, { ...thin, before, after, details });
  if (Buffer.byteLength(whole) < largestBytes) return whole;
  return bodyOf(type, timestamp, { ...thin, before: null, after: null, details: {}, truncated: true });
}

function bodyOf(type: string, timestamp: string, data: JsonObject): string {
  return JSON.stringify({ type, timestamp, data });
}
