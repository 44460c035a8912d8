import { type Static, Type } from "typebox";
import type { JsonObject } from "../json.ts";
import { id, nullableText, nullableTime, oneOf, text, time, version } from "./fields.ts";

const purposes = ["service", "utility", "marketing", "authentication"] as const;

export const SendSettings = Type.Object({
  quiet_from: nullableText,
  quiet_to: nullableText,
  quiet_weekdays: Type.Array(Type.Integer()),
  marketing_per_week: Type.Integer(),
  business_initiated_per_day: Type.Integer(),
  require_marketing_consent: Type.Boolean(),
  unknown_wait_seconds: Type.Integer(),
  version,
  updated_at: time,
});
export type SendSettings = Static<typeof SendSettings>;

export const SendSettingsPatch = Type.Object({
  quiet_from: Type.Optional(
    Type.Unsafe<string | null>({
      type: ["string", "null"],
      maxLength: 5,
      description: "20:00, where the person lives",
    }),
  ),
  quiet_to: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 5 })),
  quiet_weekdays: Type.Optional(
    Type.Array(Type.Integer(), { maxItems: 7, description: "Quiet all day: 1 Monday to 7 Sunday." }),
  ),
  marketing_per_week: Type.Optional(Type.Integer({ description: "Per person, in any seven days." })),
  business_initiated_per_day: Type.Optional(Type.Integer()),
  require_marketing_consent: Type.Optional(Type.Boolean()),
  unknown_wait_seconds: Type.Optional(Type.Integer()),
});
export type SendSettingsPatch = Static<typeof SendSettingsPatch>;

export const MessagePrice = Type.Object({
  market: text(60),
  category: oneOf(purposes),
  valid_from_on: text(10),
  currency: text(3),
  amount: Type.Unsafe<number | null>({
    type: ["number", "null"],
    description: "null: known to have changed, not known to what",
  }),
  is_own: Type.Boolean({ description: "false: shipped with the product; check your contract" }),
});
export type MessagePrice = Static<typeof MessagePrice>;

export const MessagePrices = Type.Object({ data: Type.Array(MessagePrice), source: Type.String() });
export type MessagePrices = Static<typeof MessagePrices>;

export const OwnPrices = Type.Object({
  data: Type.Array(
    Type.Object({
      market: text(60),
      category: oneOf(purposes),
      valid_from_on: text(10),
      currency: text(3),
      amount: Type.Unsafe<number | string>({ type: ["number", "string"], maxLength: 20 }),
    }),
    { maxItems: 2_000 },
  ),
});
export type OwnPrices = Static<typeof OwnPrices>;

export const Alternative = Type.Object({
  kind: Type.String({
    description: "use_template, wait_until, ask_for_consent, other_channel, call, reconnect_channel",
  }),
  template_ids: Type.Optional(Type.Array(id)),
  at: Type.Optional(time),
  channel: Type.Optional(Type.String()),
});
export type Alternative = Static<typeof Alternative>;

export const SendPrice = Type.Object({
  amount: Type.Number(),
  currency: Type.String(),
  category: oneOf(purposes),
  free: nullableText,
  basis: Type.String(),
});

export const SendDecision = Type.Object(
  {
    outcome: oneOf(["allowed", "later", "refused"]),
    by: Type.Unsafe<"free_text" | "template" | null>({
      type: ["string", "null"],
      description: "free_text or template",
    }),
    obstacle: nullableText,
    at: nullableTime,
    reason: Type.String(),
    warnings: Type.Array(Type.String()),
    alternatives: Type.Array(Alternative),
    price: Type.Unsafe<Static<typeof SendPrice> | null>({
      ...SendPrice,
      type: ["object", "null"],
      description: "null: not known",
    }),
    outside_window: Type.Boolean(),
  },
  { title: "SendDecision" },
);
export type SendDecision = Static<typeof SendDecision>;

const ConsentState = Type.Unsafe<{ state: string; at: string; source: string } | null>({
  type: ["object", "null"],
  properties: { state: { type: "string" }, at: { type: "string" }, source: { type: "string" } },
});

export const SendOptions = Type.Object({
  conversation_id: id,
  window: Type.Object({
    is_open: Type.Boolean(),
    expires_at: nullableTime,
    free_entry_expires_at: nullableTime,
    last_inbound_at: nullableTime,
  }),
  free_text: SendDecision,
  templates: Type.Array(
    Type.Object({ id, name: Type.String(), language: Type.String(), category: nullableText, decision: SendDecision }),
  ),
  consent: Type.Object({ do_not_contact: Type.Boolean(), all: ConsentState, marketing: ConsentState }),
});
export type SendOptions = Static<typeof SendOptions>;

export const SendQuestion = Type.Object({
  channel_account_id: id,
  contact_ids: Type.Array(id, { minItems: 1, maxItems: 1_000 }),
  template_id: Type.Optional(id),
  purpose: Type.Optional(oneOf(purposes)),
  origin: Type.Optional(oneOf(["user", "api", "bot", "campaign"])),
});
export type SendQuestion = Static<typeof SendQuestion>;

export const SendAnswers = Type.Object({
  data: Type.Array(Type.Object({ contact_id: id, decision: SendDecision })),
  summary: Type.Object({
    allowed: Type.Integer(),
    later: Type.Integer(),
    refused: Type.Integer(),
    obstacles: Type.Array(Type.Object({ obstacle: Type.String(), count: Type.Integer() })),
    cost: Type.Array(Type.Object({ currency: Type.String(), amount: Type.Number() })),
    unknown_prices: Type.Integer(),
  }),
});
export type SendAnswers = Static<typeof SendAnswers>;

export const Consent = Type.Object({
  id,
  channel: Type.String(),
  purpose: Type.String(),
  state: oneOf(["granted", "withdrawn"]),
  source: Type.String(),
  evidence: Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true }),
  at: time,
});
export type Consent = Static<typeof Consent>;

export const NewConsent = Type.Object({
  channel: Type.Optional(oneOf(["whatsapp", "email", "sms", "phone"])),
  purpose: oneOf(["all", "marketing"]),
  state: oneOf(["granted", "withdrawn"]),
  source: Type.String({ minLength: 1, maxLength: 100, description: "Where it was said: a form, a call, a contract." }),
  evidence: Type.Optional(text(2_000)),
});
export type NewConsent = Static<typeof NewConsent>;
