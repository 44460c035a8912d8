import { type Static, Type } from "typebox";
import { id, nullableText, text, time, version } from "./fields.ts";

const body = Type.String({
  minLength: 1,
  maxLength: 4_096,
  description:
    "With {{name}}, {{first_name}}, {{last_name}}, {{phone}}, {{email}}, {{company}}, {{position}}, {{agent_name}}, {{agent_first_name}}, {{our_company}}; {{first_name|friend}} says what stands there where it is not known.",
});

export const QuickReply = Type.Object({
  id,
  shortcut: Type.String(),
  title: Type.String(),
  text: Type.String(),
  language: nullableText,
  used_count: Type.Integer(),
  version,
  created_at: time,
  updated_at: time,
});
export type QuickReply = Static<typeof QuickReply>;

export const NewQuickReply = Type.Object({
  shortcut: Type.String({ minLength: 1, maxLength: 50, description: "Unique in the company; case and accents aside." }),
  title: text(200),
  text: body,
  language: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 35 })),
});
export type NewQuickReply = Static<typeof NewQuickReply>;

export const QuickReplyPatch = Type.Partial(NewQuickReply);
export type QuickReplyPatch = Static<typeof QuickReplyPatch>;

export const QuickReplyUse = Type.Object({ conversation_id: id });
export type QuickReplyUse = Static<typeof QuickReplyUse>;

export const RenderedQuickReply = Type.Object({
  text: Type.String(),
  missing: Type.Array(Type.String(), { description: "Placeholders of which nothing is known." }),
});
