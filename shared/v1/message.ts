import { type Static, Type } from "typebox";
import type { Json, JsonObject } from "../json.ts";
import { Message } from "./conversation.ts";
import { id, nullableId, nullableNumber, nullableText, nullableTime, oneOf } from "./fields.ts";
import { SendDecision } from "./sending.ts";

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

const MediaBody = Type.Object({
  media_id: Type.Optional(Type.Integer({ minimum: 1, description: "A file stored here; sent to WhatsApp once." })),
  provider_media_id: text(200),
  link: text(2_000),
  caption: text(10_000),
  filename: text(500),
  voice: Type.Optional(Type.Boolean()),
});
export type MediaBody = Static<typeof MediaBody>;

const HeaderBody = Type.Object({
  type: oneOf(["text", "image", "video", "document"]),
  text: text(1_000),
  media: Type.Optional(MediaBody),
});
export type HeaderBody = Static<typeof HeaderBody>;

const InteractiveBody = Type.Object({
  kind: oneOf(["button", "list", "cta_url", "location_request_message", "request_contact_info", "vendor"]),
  body: text(20_000),
  header: Type.Optional(HeaderBody),
  footer: text(1_000),
  buttons: Type.Optional(
    Type.Array(Type.Object({ id: Type.String({ maxLength: 1_000 }), title: Type.String({ maxLength: 1_000 }) }), {
      maxItems: 20,
    }),
  ),
  button: text(1_000),
  sections: Type.Optional(
    Type.Array(
      Type.Object({
        title: text(1_000),
        rows: Type.Array(
          Type.Object({
            id: Type.String({ maxLength: 1_000 }),
            title: Type.String({ maxLength: 1_000 }),
            description: text(1_000),
          }),
          { maxItems: 100 },
        ),
      }),
      { maxItems: 50 },
    ),
  ),
  label: text(1_000),
  url: text(2_000),
  type: text(100),
  action: Type.Optional(Type.Unsafe<Json>({ description: "The vendor's own, for kind vendor." })),
});
export type InteractiveBody = Static<typeof InteractiveBody>;

const ParameterBody = Type.Object({
  type: oneOf(["text", "currency", "date_time", "media", "location", "payload", "coupon_code", "action", "product"]),
  name: text(1_000),
  text: text(10_000),
  fallback: text(1_000),
  code: text(100),
  amount_1000: Type.Optional(Type.Integer()),
  kind: Type.Optional(oneOf(["image", "video", "document"])),
  media: Type.Optional(MediaBody),
  latitude: Type.Optional(Type.Number()),
  longitude: Type.Optional(Type.Number()),
  address: text(1_000),
  payload: text(1_000),
  action: Type.Optional(Type.Unsafe<Json>({})),
  catalog_id: text(200),
  product_retailer_id: text(200),
});
export type ParameterBody = Static<typeof ParameterBody>;

const simpleComponent = {
  sub_type: text(50),
  index: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  parameters: Type.Optional(Type.Array(ParameterBody, { maxItems: 100 })),
};
export const ComponentBody = Type.Object({
  type: oneOf(["header", "body", "button", "limited_time_offer", "carousel"]),
  ...simpleComponent,
  expires_at_ms: Type.Optional(Type.Integer({ minimum: 0 })),
  cards: Type.Optional(
    Type.Array(
      Type.Object({
        index: Type.Integer({ minimum: 0, maximum: 100 }),
        components: Type.Array(Type.Object({ type: oneOf(["header", "body", "button"]), ...simpleComponent }), {
          maxItems: 20,
        }),
      }),
      { maxItems: 10 },
    ),
  ),
});
export type ComponentBody = Static<typeof ComponentBody>;

const content = {
  type: oneOf([
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "interactive",
    "template",
    "reaction",
  ]),
  text: Type.Optional(
    Type.Object({ body: Type.String({ maxLength: 100_000 }), preview_url: Type.Optional(Type.Boolean()) }),
  ),
  image: Type.Optional(MediaBody),
  video: Type.Optional(MediaBody),
  audio: Type.Optional(MediaBody),
  document: Type.Optional(MediaBody),
  sticker: Type.Optional(MediaBody),
  location: Type.Optional(
    Type.Object({ latitude: Type.Number(), longitude: Type.Number(), name: text(2_000), address: text(2_000) }),
  ),
  contacts: Type.Optional(
    Type.Array(Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true }), { maxItems: 300 }),
  ),
  interactive: Type.Optional(InteractiveBody),
  template: Type.Optional(
    Type.Object({
      name: Type.String({ maxLength: 600 }),
      language: Type.String({ maxLength: 40 }),
      components: Type.Optional(Type.Array(ComponentBody, { maxItems: 50 })),
    }),
  ),
  reaction: Type.Optional(
    Type.Object({ message_id: id, emoji: Type.String({ maxLength: 100, description: "Empty takes it back." }) }),
  ),
  purpose: Type.Optional(oneOf(["service", "utility", "marketing", "authentication"])),
};

/** One message. Beside `type` stands the object of that name: {"type": "text", "text": {"body": "Hello"}}. */
export const NewMessage = Type.Object({ ...content, reply_to_message_id: Type.Optional(id) });
export type NewMessage = Static<typeof NewMessage>;

export const BulkMessage = Type.Object({
  ...content,
  contact_ids: Type.Array(id, { minItems: 1, maxItems: 1_000 }),
  channel_account_id: Type.Optional(id),
});
export type BulkMessage = Static<typeof BulkMessage>;

export const NewConversation = Type.Object({ contact_id: id, channel_account_id: Type.Optional(id) });
export type NewConversation = Static<typeof NewConversation>;

export const Settlement = Type.Object({
  settlement: oneOf(["send_again", "not_sent"]),
});
export type Settlement = Static<typeof Settlement>;

export const QueuedMessage = Type.Object({ message: Message, decision: SendDecision });

export const MessageWithSend = Type.Object({
  message: Message,
  send: Type.Union([
    Type.Object({
      state: Type.String({ description: "queued, sending, unknown, accepted, failed or cancelled" }),
      purpose: Type.String(),
      attempts: Type.Integer(),
      next_attempt_at: nullableTime,
      waiting_reason: nullableText,
      error_class: nullableText,
      called_at: nullableTime,
      accepted_at: nullableTime,
      price: { ...nullableNumber, description: "null: not known" },
      price_currency: nullableText,
      decision: SendDecision,
    }),
    Type.Null(),
  ]),
});
export type MessageWithSend = Static<typeof MessageWithSend>;

export const BulkResults = Type.Object({
  queued: Type.Integer(),
  skipped: Type.Integer(),
  data: Type.Array(
    Type.Object({
      contact_id: id,
      outcome: oneOf(["queued", "skipped"]),
      channel_account_id: nullableId,
      message_id: nullableId,
      reason: nullableText,
      decision: Type.Union([SendDecision, Type.Null()]),
    }),
  ),
});
export type BulkResults = Static<typeof BulkResults>;
