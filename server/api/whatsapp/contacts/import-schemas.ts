import { Type } from "typebox";
import { NullableText, oneOf } from "../field-schemas.ts";

const ImportedContact = Type.Object({
  name: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  email: Type.Optional(NullableText),
  company: Type.Optional(NullableText),
  position: Type.Optional(NullableText),
  notes: Type.Optional(NullableText),
  tags: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
});

export const ImportBody = Type.Object({
  contacts: Type.Optional(Type.Array(ImportedContact, { maxItems: 1000 })),
  csv: Type.Optional(
    Type.String({
      description: "Instead of contacts: a CSV text with a header, at most 1,000 rows; its columns are recognised",
    }),
  ),
  onDuplicate: Type.Optional(
    Type.Unsafe<"skip" | "update">({
      ...oneOf(["skip", "update"]),
      description: "Leave a person who is there already alone (where not said), or write what the row says",
    }),
  ),
});

export const ImportResult = Type.Object({
  success: Type.Boolean(),
  data: Type.Object({
    importId: Type.String({ description: "Under which it stands at /v1/imports" }),
    total: Type.Integer(),
    created: Type.Integer(),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
    skipped: Type.Integer(),
    failed: Type.Integer(),
    results: Type.Array(
      Type.Object({
        row: Type.Integer({ description: "From 1, in the order given" }),
        result: oneOf(["created", "updated", "unchanged", "skipped", "failed"]),
        _id: NullableText,
        message: NullableText,
      }),
    ),
  }),
});
