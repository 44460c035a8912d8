import type * as View from "../../../../shared/v1/webhook.ts";
import type { ResumedWebhook } from "../../../domain/webhooks/pause-webhook.ts";
import type { Webhook } from "../../../domain/webhooks/webhook.ts";
import type { WebhookDelivery, WebhookDeliveryStory } from "../../../domain/webhooks/webhook-delivery.ts";

export function presentWebhook(webhook: Webhook): View.Webhook {
  return {
    id: webhook.id,
    url: webhook.url,
    description: webhook.description,
    event_types: webhook.eventTypes,
    status: statusOf(webhook),
    disabled_reason: webhook.disabledReason,
    disabled_at: webhook.disabledAt,
    paused_at: webhook.pausedAt,
    failing_since: webhook.failingSince,
    last_delivered_at: webhook.lastDeliveredAt,
    previous_secret_until: webhook.previousSecretUntil,
    version: webhook.version,
    created_at: webhook.createdAt,
    updated_at: webhook.updatedAt,
  };
}

export function presentResumed({ missed, ...webhook }: ResumedWebhook): View.WebhookResumed {
  const told = missed && { since: missed.since, count: missed.count, has_more: missed.hasMore };
  return { ...presentWebhook(webhook), missed: told };
}

function statusOf({ disabledAt, pausedAt }: Webhook): View.Webhook["status"] {
  if (disabledAt !== null) return "disabled";
  return pausedAt === null ? "active" : "paused";
}

export function presentDelivery(delivery: WebhookDelivery): View.WebhookDelivery {
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    state: delivery.state,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt,
    response_status: delivery.responseStatus,
    error: delivery.error,
    created_at: delivery.createdAt,
    finished_at: delivery.finishedAt,
  };
}

export function presentDeliveryStory(delivery: WebhookDeliveryStory): View.WebhookDeliveryStory {
  return { ...presentDelivery(delivery), attempt_log: delivery.attemptLog };
}
