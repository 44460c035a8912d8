import { type Static, Type } from "typebox";
import { id, oneOf, text, time } from "./fields.ts";

const entities = ["contact", "organization", "lead", "deal"] as const;
const kinds = ["text", "number", "date", "boolean", "select"] as const;

export const CustomField = Type.Object({
  id,
  entity: oneOf(entities),
  key: Type.String(),
  label: Type.String(),
  kind: oneOf(kinds),
  options: Type.Array(Type.String()),
  created_at: time,
});
export type CustomField = Static<typeof CustomField>;

export const NewCustomField = Type.Object({
  entity: oneOf(entities),
  key: text(63),
  label: text(100),
  kind: oneOf(kinds),
  options: Type.Optional(Type.Array(text(200), { maxItems: 200 })),
});

export const CustomFieldQuery = Type.Object({ entity: Type.Optional(oneOf(entities)) });
