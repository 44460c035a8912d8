import { type Static, Type } from "typebox";
import type { Json, JsonObject } from "../json.ts";
import { id, nullableId, nullableText, oneOf, paging, time } from "./fields.ts";

const nullableObject = Type.Unsafe<JsonObject | null>({ type: ["object", "null"], additionalProperties: true });

/** One thing that happened: who did what to which record, with the changed fields before and after. */
export const Event = Type.Object(
  {
    id,
    type: Type.String(),
    actor: Type.Object({
      kind: oneOf(["user", "api_key", "system", "contact", "open"]),
      id: nullableId,
      name: nullableText,
    }),
    contact_id: nullableId,
    subject: Type.Object({ kind: Type.String(), id: Type.Integer() }),
    before: nullableObject,
    after: nullableObject,
    data: Type.Unsafe<Json>({}),
    request_id: nullableText,
    occurred_at: time,
  },
  { title: "Event" },
);
export type Event = Static<typeof Event>;

const types = Type.Optional(
  Type.String({ maxLength: 1_000, description: "Event types, with commas between: deal.won,deal.lost" }),
);

export const TimelineQuery = Type.Object({ ...paging, types });

export const EventQuery = Type.Object({
  ...paging,
  types,
  subject_kind: Type.Optional(Type.String({ maxLength: 40 })),
  subject_id: Type.Optional(id),
});
export type EventQuery = Static<typeof EventQuery>;
