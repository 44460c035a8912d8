import { type RawBuilder, sql } from "kysely";

/** An address of a customer that is told what happens. */
export type Webhook = {
  id: number;
  url: string;
  description: string;
  /** Of shared/webhook-events.ts; "*" for all. */
  eventTypes: string[];
  pausedAt: string | null;
  disabledAt: string | null;
  disabledReason: DisabledReason | null;
  /** The first failure since the last success. */
  failingSince: string | null;
  lastDeliveredAt: string | null;
  /** Until when the secret before the last rotation signs too. */
  previousSecretUntil: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** It answered 410; or nothing reached it for five days. */
export type DisabledReason = "gone" | "failing";

export const webhookColumns: RawBuilder<unknown> = sql`
  w.id, w.url, w.description, w.event_types as "eventTypes", w.paused_at as "pausedAt", w.disabled_at as "disabledAt",
  w.disabled_reason as "disabledReason", w.failing_since as "failingSince", w.last_delivered_at as "lastDeliveredAt",
  (w.earlier_secrets->0->>'until')::timestamptz(3) as "previousSecretUntil", w.version, w.created_at as "createdAt", w.updated_at as "updatedAt"`;
