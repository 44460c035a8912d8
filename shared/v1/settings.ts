import { type Static, Type } from "typebox";
import { nullableText, text, time, version } from "./fields.ts";

/** The steps of the new-lead workflow that run by themselves. */
export const Intake = Type.Object({
  profile: Type.Boolean(),
  score: Type.Boolean(),
  task: Type.Boolean(),
  notify: Type.Boolean(),
  deal: Type.Boolean(),
});

export const Settings = Type.Object({
  company: Type.Object({ id: Type.Integer(), slug: Type.String(), name: Type.String() }),
  time_zone: Type.String(),
  currency: Type.String(),
  locale: Type.String(),
  default_country: nullableText,
  intake: Intake,
  api_requests_per_minute: Type.Integer(),
  hourly_limit_factor: Type.Integer({ description: "Multiplies the hourly limits of the whatsapp surface" }),
  version,
  updated_at: time,
});
export type Settings = Static<typeof Settings>;

export const SettingsPatch = Type.Object({
  time_zone: Type.Optional(text(100)),
  currency: Type.Optional(text(3)),
  locale: Type.Optional(text(35)),
  default_country: Type.Optional(nullableText),
  intake: Type.Optional(Type.Partial(Intake)),
  api_requests_per_minute: Type.Optional(Type.Integer({ minimum: 60, maximum: 10_000_000 })),
  hourly_limit_factor: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});
export type SettingsPatch = Static<typeof SettingsPatch>;
