import { type Static, Type } from "typebox";
import type { JsonObject } from "../json.ts";
import { stages, temperatures } from "../stages.ts";
import { id, nullableId, nullableText, nullableTime, oneOf, time } from "./fields.ts";

const nullableObject = Type.Unsafe<JsonObject | null>({ type: ["object", "null"], additionalProperties: true });

export const ChangeSetItem = Type.Object({
  id,
  kind: Type.String({ description: "contacts.set_stage, conversations.close, …" }),
  summary: Type.String(),
  changed_count: Type.Integer(),
  created_by: nullableId,
  created_at: time,
  undone_at: nullableTime,
  undone_by: nullableId,
});
export type ChangeSetItem = Static<typeof ChangeSetItem>;

export const ChangeSet = Type.Object({
  ...ChangeSetItem.properties,
  changes: Type.Array(
    Type.Object({
      id,
      result: oneOf(["changed", "unchanged", "skipped"]),
      reason: nullableText,
      before: nullableObject,
      after: nullableObject,
    }),
  ),
  undo: Type.Unsafe<{ id: number; result: "undone" | "skipped"; reason: string | null }[] | null>({
    type: ["array", "null"],
    items: Type.Object({ id, result: oneOf(["undone", "skipped"]), reason: nullableText }),
    description: "What the undo did with each record that was changed; null while it stands.",
  }),
});
export type ChangeSet = Static<typeof ChangeSet>;

export const BulkOutcome = Type.Object({
  ...ChangeSet.properties,
  has_more: Type.Boolean({
    description:
      "The filter finds more than are done at once: the first thousand people, the newest ten thousand leads",
  }),
});
export type BulkOutcome = Static<typeof BulkOutcome>;

const ids = Type.Array(id, { minItems: 1, maxItems: 1_000 });

export const ContactBulk = Type.Object({
  ids: Type.Optional(ids),
  filter: Type.Optional(
    Type.Object(
      {
        stage: Type.Optional(oneOf(stages)),
        temperature: Type.Optional(oneOf(temperatures)),
        organization_id: Type.Optional(id),
        tag_id: Type.Optional(id),
        owner_user_id: Type.Optional(id),
      },
      { minProperties: 1, additionalProperties: false, description: "Instead of ids: the first thousand of these." },
    ),
  ),
  action: oneOf(["set_owner", "set_stage", "set_do_not_contact", "add_tag", "remove_tag", "delete", "restore"]),
  owner_user_id: Type.Optional(nullableId),
  stage: Type.Optional(oneOf(stages)),
  do_not_contact: Type.Optional(Type.Boolean()),
  tag_id: Type.Optional(id),
});
export type ContactBulk = Static<typeof ContactBulk>;

export const ConversationBulk = Type.Object({
  ids,
  action: oneOf(["assign", "close", "reopen"]),
  user_id: Type.Optional(nullableId),
});
export type ConversationBulk = Static<typeof ConversationBulk>;
