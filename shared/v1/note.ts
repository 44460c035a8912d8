import { type Static, Type } from "typebox";
import { id, nullableId, paging, text, time, version } from "./fields.ts";

export const Note = Type.Object(
  {
    id,
    contact_id: nullableId,
    deal_id: nullableId,
    lead_id: nullableId,
    organization_id: nullableId,
    title: Type.String(),
    body: Type.String(),
    mentions: Type.Array(Type.Integer(), { description: "Members named in it." }),
    user_id: nullableId,
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Note" },
);
export type Note = Static<typeof Note>;

/** What who writes it has to know: these members are named and do not see the person, so nobody tells them. */
export const mentionsNotTold = Type.Array(Type.Object({ user_id: id, name: Type.String() }), {
  description: "Members named in it who are not told, because they do not see the person.",
});

export const WrittenNote = Type.Object({ ...Note.properties, mentions_not_told: mentionsNotTold });
export type WrittenNote = Static<typeof WrittenNote>;

const mentions = Type.Array(id, { maxItems: 50, description: "Members besides those whom the text names with @." });

/** On at least one of the four. */
export const NewNote = Type.Object({
  contact_id: Type.Optional(nullableId),
  deal_id: Type.Optional(nullableId),
  lead_id: Type.Optional(nullableId),
  organization_id: Type.Optional(nullableId),
  title: Type.Optional(text(500)),
  body: text(),
  mentions: Type.Optional(mentions),
});

/** Only what is given changes. */
export const NotePatch = Type.Object({
  title: Type.Optional(text(500)),
  body: Type.Optional(text()),
  mentions: Type.Optional(mentions),
});

export const NoteQuery = Type.Object({
  ...paging,
  contact_id: Type.Optional(id),
  deal_id: Type.Optional(id),
  lead_id: Type.Optional(id),
  organization_id: Type.Optional(id),
});
