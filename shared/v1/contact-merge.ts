import { type Static, Type } from "typebox";
import type { JsonObject } from "../json.ts";
import { id, nullableId, nullableText, nullableTime, oneOf, paging, text, time } from "./fields.ts";

const status = oneOf(["proposed", "merged", "dismissed", "undone"]);
const json = Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true });

const MergePerson = Type.Object({
  id,
  name: Type.String(),
  phone: nullableText,
  email: nullableText,
  deleted: Type.Boolean(),
});

export const ContactMerge = Type.Object({
  id,
  status,
  reason: Type.String(),
  evidence: json,
  kept: MergePerson,
  merged: MergePerson,
  created_at: time,
  decided_at: nullableTime,
  decided_by: nullableId,
});
export type ContactMerge = Static<typeof ContactMerge>;

export const NewContactMerge = Type.Object({
  kept_contact_id: id,
  merged_contact_id: id,
  reason: Type.Optional(text(1_000)),
});
export type NewContactMerge = Static<typeof NewContactMerge>;

export const ContactMergeQuery = Type.Object({
  ...paging,
  status: Type.Optional(status),
  contact_id: Type.Optional(id),
});
export type ContactMergeQuery = Static<typeof ContactMergeQuery>;

const count = Type.Integer();

/** What accepting would do, as things stand now. */
export const ContactMergePreview = Type.Object({
  kept_contact_id: id,
  merged_contact_id: id,
  moves: Type.Object({
    identities: count,
    conversations: count,
    conversations_joined: count,
    messages: count,
    leads: count,
    closes_lead: Type.Boolean({ description: "Both have an open lead: the merged person's is closed in its stage." }),
    deals: count,
    tasks: count,
    activities: count,
    notes: count,
    tags: count,
  }),
  fields: Type.Array(Type.Object({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
});
export type ContactMergePreview = Static<typeof ContactMergePreview>;
