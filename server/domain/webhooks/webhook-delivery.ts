import { type RawBuilder, sql } from "kysely";

export type DeliveryState = "queued" | "delivered" | "failed";

/** One event on its way to one endpoint. */
export type WebhookDelivery = {
  id: number;
  webhookId: number;
  eventId: number;
  eventType: string;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: string | null;
  responseStatus: number | null;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
};

/** The delivery with its last attempts, oldest first. */
export type WebhookDeliveryStory = WebhookDelivery & { attemptLog: DeliveryAttempt[] };

export type DeliveryAttempt = {
  at: string;
  duration_ms: number;
  status: number | null;
  /** Why it counts as failed; null where it was delivered. */
  error: string | null;
  /** The first kilobyte of the answer. */
  body: string | null;
};

export const deliveryColumns: RawBuilder<unknown> = sql`
  d.id, d.endpoint_id as "webhookId", d.event_id as "eventId", e.type as "eventType", d.state, d.attempts,
  case when d.state = 'queued' then d.next_attempt_at end as "nextAttemptAt", d.response_status as "responseStatus", d.error,
  d.created_at as "createdAt", d.finished_at as "finishedAt"`;
