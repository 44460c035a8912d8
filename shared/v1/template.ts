import { type Static, Type } from "typebox";
import type { Json } from "../json.ts";
import { id, nullableText, nullableTime, oneOf, paging, time } from "./fields.ts";
import { ComponentBody } from "./message.ts";

const components = Type.Unsafe<Json[]>({
  type: "array",
  maxItems: 10,
  items: { type: "object", additionalProperties: true },
  description:
    'As the Graph API words them: HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, LIMITED_TIME_OFFER. A header\'s example may be {"media_id": 12}, a file of POST /v1/media, in place of a header_handle.',
});

export const Template = Type.Object(
  {
    id,
    waba_id: nullableText,
    provider_id: nullableText,
    name: Type.String(),
    language: Type.String(),
    category: nullableText,
    status: Type.String({ description: "PENDING, APPROVED, REJECTED, PAUSED, DISABLED, DELETED, …" }),
    quality: nullableText,
    parameter_format: nullableText,
    components: Type.Unsafe<Json>({}),
    reason: nullableText,
    synced_at: nullableTime,
    created_at: time,
    updated_at: time,
  },
  { title: "Template" },
);
export type Template = Static<typeof Template>;

export const TemplateQuery = Type.Object({
  ...paging,
  status: Type.Optional(Type.String({ maxLength: 40 })),
  category: Type.Optional(Type.String({ maxLength: 40 })),
  language: Type.Optional(Type.String({ maxLength: 20 })),
  waba_id: Type.Optional(Type.String({ maxLength: 60 })),
  q: Type.Optional(Type.String({ maxLength: 200, description: "Any part of name or wording." })),
});
export type TemplateQuery = Static<typeof TemplateQuery>;

const category = oneOf(["MARKETING", "UTILITY", "AUTHENTICATION"]);

export const NewTemplate = Type.Object({
  channel_account_id: id,
  name: Type.String({ maxLength: 600 }),
  language: Type.String({ maxLength: 40 }),
  category,
  parameter_format: Type.Optional(oneOf(["POSITIONAL", "NAMED"])),
  components,
});
export type NewTemplate = Static<typeof NewTemplate>;

export const TemplatePatch = Type.Object({ category: Type.Optional(category), components: Type.Optional(components) });
export type TemplatePatch = Static<typeof TemplatePatch>;

export type TemplateSync = { channel_account_id?: number } | null;
export const TemplateSync = Type.Unsafe<TemplateSync>({
  type: ["object", "null"],
  properties: { channel_account_id: id },
  description: "Without it the company's only account is meant.",
});

export const TemplateSynced = Type.Object({ templates: Type.Integer() });

export const TemplateValues = Type.Object({ components: Type.Optional(Type.Array(ComponentBody, { maxItems: 50 })) });
export type TemplateValues = Static<typeof TemplateValues>;

const rendered = {
  header: nullableText,
  body: Type.String(),
  footer: nullableText,
  buttons: Type.Array(Type.Object({ kind: Type.String(), text: Type.String(), url: nullableText })),
  text: Type.String({ description: "Header, body and footer as one text." }),
};

export const TemplatePreview = Type.Object({
  ...rendered,
  cards: Type.Array(Type.Object(rendered)),
  problems: Type.Array(Type.Object({ path: Type.String(), detail: Type.String() }), {
    description: "Why it could not be sent like this; empty where it could.",
  }),
});
export type TemplatePreview = Static<typeof TemplatePreview>;
