import { type Static, Type } from "typebox";
import type { Json } from "../json.ts";
import { id, nullableText, nullableTime, oneOf, paging, time } from "./fields.ts";

export const SimulatedSender = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  phone: Type.Optional(
    Type.String({ maxLength: 40, description: "With country code; left out for a person without a number." }),
  ),
  user_id: Type.Optional(Type.String({ pattern: "^[A-Z]{2}\\.[A-Za-z0-9.]{1,128}$" })),
  username: Type.Optional(Type.String({ maxLength: 60 })),
});
export type SimulatedSender = Static<typeof SimulatedSender>;

export const SimulatedText = Type.Object({
  from: SimulatedSender,
  type: Type.Optional(Type.String({ pattern: "^[a-z_]{1,40}$", default: "text" })),
  text: Type.Optional(Type.String({ maxLength: 4096, description: "The text, for type text." })),
  content: Type.Optional(Type.Unknown({ description: "The Cloud API's own object for any other type." })),
  reply_to: Type.Optional(Type.String({ maxLength: 200 })),
  referral: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type SimulatedText = Static<typeof SimulatedText>;

export const SimulatedAccepted = Type.Object({ message_id: Type.String(), accepted: Type.Boolean() });

export const customerActions = [
  "tap",
  "choose",
  "react",
  "reply",
  "edit",
  "revoke",
  "listen",
  "voice_note",
  "picture",
  "location",
  "ad",
  "several",
  "change_number",
] as const;

export const SimulatedAction = Type.Object({
  from: SimulatedSender,
  action: oneOf(customerActions),
  message_id: Type.Optional(
    Type.String({ maxLength: 200, description: "tap, choose, react, reply, edit, revoke, listen" }),
  ),
  button: Type.Optional(Type.Integer({ minimum: 0, maximum: 20, description: "tap: which of the message's buttons" })),
  row_id: Type.Optional(Type.String({ maxLength: 200, description: "choose: which of the list's rows" })),
  emoji: Type.Optional(Type.String({ maxLength: 40, description: "react; empty takes it back" })),
  text: Type.Optional(Type.String({ maxLength: 4096, description: "reply, edit, ad; a picture's caption" })),
  texts: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 10, description: "several: at once" }),
  ),
  new_phone: Type.Optional(Type.String({ maxLength: 40, description: "change_number" })),
});
export type SimulatedAction = Static<typeof SimulatedAction>;

export const SimulatedActed = Type.Object({ message_ids: Type.Array(Type.String()), accepted: Type.Boolean() });
export type SimulatedActed = Static<typeof SimulatedActed>;

const media = Type.Object({
  kind: Type.String(),
  url: Type.String({ description: "Where the browser gets it; elsewhere for a file that was sent as a link." }),
  stored: Type.Boolean(),
  mime_type: nullableText,
  filename: nullableText,
  voice: Type.Boolean(),
});
const row = Type.Object({ id: Type.String(), title: Type.String(), description: nullableText });

export const SimulatedMessage = Type.Object({
  id: Type.String(),
  author: oneOf(["business", "customer"]),
  type: Type.String(),
  header: nullableText,
  text: nullableText,
  footer: nullableText,
  template: nullableText,
  media: Type.Unsafe<Static<typeof media> | null>({ ...media, type: ["object", "null"] }),
  buttons: Type.Array(
    Type.Object({
      kind: oneOf(["reply", "url", "phone", "copy_code", "other"]),
      title: Type.String(),
      value: Type.String(),
    }),
  ),
  list_button: nullableText,
  list_sections: Type.Array(Type.Object({ title: nullableText, rows: Type.Array(row) })),
  place: Type.Unsafe<{ latitude: number; longitude: number; name: string | null; address: string | null } | null>({
    type: ["object", "null"],
    properties: { latitude: Type.Number(), longitude: Type.Number(), name: nullableText, address: nullableText },
  }),
  cards: Type.Array(Type.Object({ name: Type.String(), phones: Type.Array(Type.String()) })),
  from_ad: Type.Boolean(),
  reply_to: nullableText,
  reactions: Type.Array(Type.Object({ author: oneOf(["business", "customer"]), emoji: Type.String() })),
  status: Type.String({ description: "The customer's own: sending, delivered, read" }),
  error: Type.Unsafe<Json>({}),
  sent_at: time,
  read_at: nullableTime,
  edited_at: nullableTime,
  revoked_at: nullableTime,
});
export type SimulatedMessage = Static<typeof SimulatedMessage>;

export const SimulatedPhone = Type.Object({
  user_id: nullableText,
  wa_id: nullableText,
  name: nullableText,
  switched_off: Type.Boolean(),
  typing: Type.Boolean({ description: "The business shows that it types." }),
});
export type SimulatedPhone = Static<typeof SimulatedPhone>;

export const SimulatedPhonePatch = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  switched_off: Type.Boolean(),
});
export type SimulatedPhonePatch = Static<typeof SimulatedPhonePatch>;

export const SimulatedThread = Type.Object({
  phone: SimulatedPhone,
  data: Type.Array(SimulatedMessage),
  next_cursor: nullableText,
});
export type SimulatedThread = Static<typeof SimulatedThread>;
export const SimulatedThreadQuery = Type.Object({ ...paging });

export const SimulatorFailure = Type.Object({
  id,
  kind: Type.String(),
  stage: nullableText,
  remaining: Type.Unsafe<number | null>({ type: ["integer", "null"] }),
  probability: Type.Number(),
  delay_ms: Type.Integer(),
  created_at: time,
});
export type SimulatorFailure = Static<typeof SimulatorFailure>;

export const NewSimulatorFailure = Type.Object({
  kind: Type.String({
    minLength: 1,
    maxLength: 40,
    description: "A code of Meta's, or a word from the presets.",
  }),
  stage: Type.Optional(oneOf(["answer", "status"])),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: "Left out: until taken away." })),
  probability: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
  delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
});
export type NewSimulatorFailure = Static<typeof NewSimulatorFailure>;

export const SimulatorFailures = Type.Object({
  data: Type.Array(SimulatorFailure),
  presets: Type.Array(Type.Object({ kind: Type.String(), label: Type.String(), stage: nullableText })),
});
export type SimulatorFailures = Static<typeof SimulatorFailures>;

const ms = Type.Integer({ minimum: 0, maximum: 86_400_000 });

export const SimulatorSettings = Type.Object({
  sent_after_ms: ms,
  delivered_after_ms: ms,
  read_after_ms: Type.Integer({
    ...ms,
    description: "How long after delivery a phone that nobody looks at reads by itself.",
  }),
  review_after_ms: ms,
  messages_per_second: Type.Integer({ minimum: 1, maximum: 1000 }),
});
export type SimulatorSettings = Static<typeof SimulatorSettings>;
export const SimulatorSettingsPatch = Type.Partial(SimulatorSettings);
export type SimulatorSettingsPatch = Static<typeof SimulatorSettingsPatch>;
