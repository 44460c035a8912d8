import { type Static, Type } from "typebox";
import { id, nullableText, nullableTime, oneOf, time } from "./fields.ts";

const ChannelProblem = Type.Object({
  problem: oneOf([
    "token_expired",
    "payment_missing",
    "restricted",
    "blocked",
    "quality_red",
    "silence",
    "setup",
    "disconnected",
    "mail_refused",
    "mail_unread",
  ]),
  title: Type.String(),
  details: Type.String(),
  since: time,
  until: nullableTime,
});

export const ChannelAccount = Type.Object(
  {
    id,
    provider: Type.String({ description: "whatsapp_cloud, whatsapp_gateway or simulator" }),
    name: Type.String(),
    external_id: Type.String({ description: "The Cloud API's phone_number_id, or the gateway's instance." }),
    waba_id: nullableText,
    display_phone: nullableText,
    status: Type.String({
      description:
        "connected; discovered: a number that wrote to us before anyone connected it; token_expired or disconnected: it sends nothing",
    }),
    business_id: nullableText,
    verified_name: nullableText,
    is_active: Type.Boolean(),
    verified: Type.Boolean({ description: "WhatsApp has seen that the number is the business's own." }),
    sync_status: oneOf(["pending", "synced"]),
    quality: Type.Unsafe<"green" | "yellow" | "red" | null>({
      type: ["string", "null"],
      description: "green, yellow or red",
    }),
    messaging_limit: nullableText,
    name_status: nullableText,
    platform_type: nullableText,
    throughput: nullableText,
    coexistence: Type.Boolean({ description: "The number lives in the WhatsApp Business app too." }),
    token_expires_at: nullableTime,
    connected_at: nullableTime,
    last_sync_at: nullableTime,
    last_sync_error: nullableText,
    problems: Type.Array(ChannelProblem),
    created_at: time,
  },
  { title: "ChannelAccount" },
);
export type ChannelAccount = Static<typeof ChannelAccount>;

export const GatewaySecret = Type.Object({
  secret: Type.String({
    description: "Shown once. Send it as Authorization: Bearer, apikey or x-api-key to POST /webhook.",
  }),
});

const digits = (description: string) => Type.String({ pattern: "^[0-9]{1,30}$", description });
const pin = Type.String({ pattern: "^[0-9]{6}$", description: "Registers a number that is not registered yet." });

export const ChannelConnection = Type.Object({
  phone_number_id: digits("The Cloud API's id of the number."),
  waba_id: digits("The WhatsApp Business Account's id."),
  business_id: Type.Optional(digits("The business portfolio's id; found by itself where WhatsApp says it.")),
  access_token: Type.String({ minLength: 1, maxLength: 2_000 }),
  pin: Type.Optional(pin),
});
export type ChannelConnection = Static<typeof ChannelConnection>;

export const EmbeddedSignup = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 2_000, description: "Good for 30 seconds." }),
  phone_number_id: Type.Optional(
    digits("As the signup window gave it; without it (FINISH_ONLY_WABA) the account's only number is connected."),
  ),
  waba_id: digits("As the signup window gave it."),
  business_id: Type.Optional(digits("As the signup window gave it.")),
  event: Type.Optional(oneOf(["FINISH", "FINISH_ONLY_WABA", "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"])),
  pin: Type.Optional(pin),
});
export type EmbeddedSignup = Static<typeof EmbeddedSignup>;

export const ChannelToken = Type.Object({ access_token: Type.String({ minLength: 1, maxLength: 2_000 }) });
export type ChannelToken = Static<typeof ChannelToken>;

export const ChannelHealth = Type.Object({
  healthy: Type.Boolean(),
  checks: Type.Array(
    Type.Object({
      check: Type.String(),
      state: oneOf(["ok", "attention", "failed", "unknown"]),
      details: Type.String(),
    }),
  ),
});
export type ChannelHealth = Static<typeof ChannelHealth>;
