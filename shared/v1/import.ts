import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, nullableTime, oneOf, paging, text, time } from "./fields.ts";

const onDuplicate = oneOf(["skip", "update", "create"]);
const result = oneOf(["created", "updated", "unchanged", "skipped", "failed", "undone", "kept"]);
const cells = Type.Array(Type.String());
const target = Type.Unsafe<string | null>({
  type: ["string", "null"],
  maxLength: 100,
  description:
    "name, first_name, last_name, phone, email, company, position, source, notes, stage, language, tags, do_not_contact, custom.<key>; null leaves the column out",
});
const counts = Type.Unsafe<Record<string, number>>({
  type: "object",
  additionalProperties: { type: "integer" },
  description: "Rows by their result.",
});

export const Import = Type.Object({
  id,
  state: oneOf(["uploaded", "running", "finished", "undoing", "undone"]),
  filename: nullableText,
  delimiter: nullableText,
  encoding: nullableText,
  header: cells,
  mapping: Type.Array(target, { description: "One entry a column." }),
  preset: Type.Unsafe<string | null>({
    type: ["string", "null"],
    description: "Whose export it seems to be: hubspot, salesforce, google, outlook, rapport.",
  }),
  on_duplicate: onDuplicate,
  row_count: Type.Integer(),
  done_rows: Type.Integer(),
  counts,
  created_by: nullableId,
  created_at: time,
  finished_at: nullableTime,
  undone_at: nullableTime,
});
export type Import = Static<typeof Import>;

export const ImportPreview = Type.Object({
  ...Import.properties,
  preview: Type.Array(cells, { description: "The first 20 rows." }),
});
export type ImportPreview = Static<typeof ImportPreview>;

export const UploadQuery = Type.Object({ filename: Type.Optional(text(300)) });
export type UploadQuery = Static<typeof UploadQuery>;

export const ImportPlan = Type.Object({
  mapping: Type.Optional(Type.Array(target, { maxItems: 500 })),
  on_duplicate: Type.Optional(onDuplicate),
});
export type ImportPlan = Static<typeof ImportPlan>;

export const ImportRow = Type.Object({
  row_number: Type.Integer(),
  cells,
  result: Type.Unsafe<string | null>({ type: ["string", "null"] }),
  reason: nullableText,
  contact_id: nullableId,
});
export type ImportRow = Static<typeof ImportRow>;

export const ImportRowQuery = Type.Object({ ...paging, result: Type.Optional(result) });
export type ImportRowQuery = Static<typeof ImportRowQuery>;

export const ImportCheck = Type.Object({
  checked_rows: Type.Integer({ description: "A dry run looks at the first 2,000." }),
  counts,
  failures: Type.Array(Type.Object({ row_number: Type.Integer(), reason: Type.String() })),
});
export type ImportCheck = Static<typeof ImportCheck>;
