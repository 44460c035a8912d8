import { type Static, Type } from "typebox";
import { id, nullableText, nullableTime, oneOf, text, time, version } from "./fields.ts";

const languages = ["en", "es", "pt", "hi", "de", "fr"] as const;
const price = Type.String({ pattern: "^\\d{1,6}(\\.\\d{1,6})?$", description: "Money for a million tokens." });

export const BotModel = Type.Object({
  url: nullableText,
  name: nullableText,
  has_key: Type.Boolean(),
  timeout_ms: Type.Integer(),
  input_price: Type.String(),
  output_price: Type.String(),
  monthly_cap: Type.String(),
  currency: Type.String(),
  spent_this_month: Type.String(),
});

export const BotSettings = Type.Object({
  enabled: Type.Boolean(),
  business_name: Type.String({ description: "How the bot calls the company; its own name where empty." }),
  about: Type.String({ description: "What a model is told of the business." }),
  greeting: nullableText,
  prices: Type.String({ description: "What the bot says when asked for prices." }),
  demos: Type.Boolean({ description: "Whether the bot takes up demos as tasks." }),
  reply_delay_ms: Type.Integer(),
  quiet_after_person_minutes: Type.Integer(),
  max_replies_per_day: Type.Integer(),
  model: BotModel,
  version,
  updated_at: nullableTime,
});
export type BotSettings = Static<typeof BotSettings>;

export const BotSettingsPatch = Type.Partial(
  Type.Object({
    enabled: Type.Boolean(),
    business_name: text(120),
    about: text(4_000),
    greeting: nullableText,
    prices: text(2_000),
    demos: Type.Boolean(),
    reply_delay_ms: Type.Integer({ minimum: 0, maximum: 30_000 }),
    quiet_after_person_minutes: Type.Integer({ minimum: 0, maximum: 100_000 }),
    max_replies_per_day: Type.Integer({ minimum: 1, maximum: 1_000 }),
    model: Type.Partial(
      Type.Object({
        url: nullableText,
        name: nullableText,
        key: Type.Unsafe<string | null>({
          type: ["string", "null"],
          maxLength: 1_000,
          description: "Kept sealed, never shown; null forgets it.",
        }),
        timeout_ms: Type.Integer({ minimum: 500, maximum: 30_000 }),
        input_price: price,
        output_price: price,
        monthly_cap: Type.String({ pattern: "^\\d{1,7}(\\.\\d{1,2})?$" }),
        currency: Type.String({ pattern: "^[A-Z]{3}$" }),
      }),
    ),
  }),
);
export type BotSettingsPatch = Static<typeof BotSettingsPatch>;

const entry = {
  question: text(500),
  answer: text(2_000),
  keywords: Type.Array(text(100), { maxItems: 30 }),
  language: Type.Unsafe<(typeof languages)[number] | null>({ enum: [...languages, null] }),
  active: Type.Boolean(),
};

export const Knowledge = Type.Object({
  id,
  ...entry,
  language: nullableText,
  version,
  created_at: time,
  updated_at: time,
});
export type Knowledge = Static<typeof Knowledge>;

export const NewKnowledge = Type.Object({
  question: entry.question,
  answer: entry.answer,
  keywords: Type.Optional(entry.keywords),
  language: Type.Optional(entry.language),
  active: Type.Optional(entry.active),
});
export type NewKnowledge = Static<typeof NewKnowledge>;

export const KnowledgePatch = Type.Partial(Type.Object(entry));
export type KnowledgePatch = Static<typeof KnowledgePatch>;

/** A dry run: what the bot would say, without sending anything. */
export const BotTrial = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 4_096 }),
  language: Type.Optional(oneOf(languages)),
});
export const BotTrialAnswer = Type.Object({
  reply: Type.String(),
  language: Type.String(),
  handover: nullableText,
});
