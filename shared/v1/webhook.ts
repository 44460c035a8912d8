import { type Static, Type } from "typebox";
import { id, nullableText, nullableTime, oneOf, paging, text, time, version } from "./fields.ts";

const eventTypes = Type.Array(Type.String({ maxLength: 100 }), {
  maxItems: 100,
  description: 'Of those at /v1/webhook-event-types; ["*"] for all.',
});
const url = Type.String({ maxLength: 2_000, description: "https:// where Rapport itself is; no private address." });

export const Webhook = Type.Object(
  {
    id,
    url: Type.String(),
    description: Type.String(),
    event_types: eventTypes,
    status: oneOf(["active", "paused", "disabled"]),
    disabled_reason: Type.Unsafe<"gone" | "failing" | null>({
      type: ["string", "null"],
      enum: ["gone", "failing", null],
      description: "gone: it answered 410. failing: nothing reached it for five days.",
    }),
    disabled_at: nullableTime,
    paused_at: nullableTime,
    failing_since: nullableTime,
    last_delivered_at: nullableTime,
    previous_secret_until: nullableTime,
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Webhook" },
);
export type Webhook = Static<typeof Webhook>;

export const WebhookWithSecret = Type.Object({
  ...Webhook.properties,
  secret: Type.Unsafe<string | null>({
    type: ["string", "null"],
    description: "whsec_…, for Standard Webhooks. Shown once; null when an Idempotency-Key is repeated.",
  }),
});
export type WebhookWithSecret = Static<typeof WebhookWithSecret>;

export const WebhookResumed = Type.Object({
  ...Webhook.properties,
  missed: Type.Unsafe<{ since: string; count: number; has_more: boolean } | null>({
    type: ["object", "null"],
    description: "What it was not told because it was disabled; null where that is nothing.",
    properties: {
      since: { ...time, description: "For POST /v1/webhooks/{id}/replay." },
      count: { type: "integer", description: "How many events a replay since then sends." },
      has_more: { type: "boolean", description: "More than the 10,000 events that a replay takes." },
    },
    required: ["since", "count", "has_more"],
  }),
});
export type WebhookResumed = Static<typeof WebhookResumed>;

export const NewWebhook = Type.Object({ url, event_types: eventTypes, description: Type.Optional(text(500)) });
export type NewWebhook = Static<typeof NewWebhook>;

export const WebhookPatch = Type.Partial(NewWebhook);
export type WebhookPatch = Static<typeof WebhookPatch>;

export const WebhookEventType = Type.Object({ type: Type.String(), description: Type.String() });
export type WebhookEventType = Static<typeof WebhookEventType>;

const states = ["queued", "delivered", "failed"] as const;

const WebhookDeliveryFields = {
  id,
  webhook_id: id,
  event_id: id,
  event_type: Type.String(),
  state: oneOf(states),
  attempts: Type.Integer(),
  next_attempt_at: nullableTime,
  response_status: Type.Unsafe<number | null>({ type: ["integer", "null"] }),
  error: nullableText,
  created_at: time,
  finished_at: nullableTime,
};

export const WebhookDelivery = Type.Object(WebhookDeliveryFields, { title: "WebhookDelivery" });
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const WebhookAttempt = Type.Object({
  at: time,
  duration_ms: Type.Integer(),
  status: Type.Unsafe<number | null>({ type: ["integer", "null"] }),
  error: nullableText,
  body: Type.Unsafe<string | null>({ type: ["string", "null"], description: "The first kilobyte of the answer." }),
});

/** With its last twenty attempts. */
export const WebhookDeliveryStory = Type.Object({ ...WebhookDeliveryFields, attempt_log: Type.Array(WebhookAttempt) });
export type WebhookDeliveryStory = Static<typeof WebhookDeliveryStory>;

export const WebhookDeliveryQuery = Type.Object({ ...paging, state: Type.Optional(oneOf(states)) });
export type WebhookDeliveryQuery = Static<typeof WebhookDeliveryQuery>;

export const WebhookReplay = Type.Object({
  since: Type.String({ maxLength: 40, description: "RFC 3339; at most 30 days back." }),
});
export type WebhookReplay = Static<typeof WebhookReplay>;

export const WebhookReplayed = Type.Object({
  queued: Type.Integer({ description: "How many deliveries were queued." }),
  has_more: Type.Boolean({ description: "More than 10,000 events lie since then; the newest were taken." }),
});
export type WebhookReplayed = Static<typeof WebhookReplayed>;
