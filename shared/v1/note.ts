import { type Static, Type } from "typebox";
import { id, nullableId, paging, text, time, version } from "./fields.ts";

export const Note = Type.Object({
  id,
  contact_id: nullableId,
  deal_id: nullableId,
  organization_id: nullableId,
  body: Type.String(),
  user_id: nullableId,
  version,
  created_at: time,
  updated_at: time,
});
export type Note = Static<typeof Note>;

/** On at least one of the three. */
export const NewNote = Type.Object({
  contact_id: Type.Optional(nullableId),
  deal_id: Type.Optional(nullableId),
  organization_id: Type.Optional(nullableId),
  body: text(),
});

export const NotePatch = Type.Object({ body: text() });

export const NoteQuery = Type.Object({
  ...paging,
  contact_id: Type.Optional(id),
  deal_id: Type.Optional(id),
  organization_id: Type.Optional(id),
});
