import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, text, time } from "./fields.ts";

export const Tag = Type.Object({ id, name: Type.String(), color: nullableText, created_at: time }, { title: "Tag" });
export type Tag = Static<typeof Tag>;

export const ListedTag = Type.Object({ ...Tag.properties, people: Type.Integer({ description: "How many bear it." }) });
export type ListedTag = Static<typeof ListedTag>;

export const NewTag = Type.Object({ name: text(100), color: Type.Optional(nullableText) });

export const TagPatch = Type.Object({ name: Type.Optional(text(100)), color: Type.Optional(nullableText) });

/** A tag on a person. */
export const ContactTag = Type.Object({
  tag_id: id,
  name: Type.String(),
  color: nullableText,
  notes: nullableText,
  added_by: nullableId,
  added_by_name: nullableText,
  added_at: time,
});
export type ContactTag = Static<typeof ContactTag>;

export const NewContactTag = Type.Object({
  tag_id: Type.Optional(id),
  name: Type.Optional(Type.String({ maxLength: 100, description: "Made a tag where there is none of this name." })),
  notes: Type.Optional(text(2_000)),
});
export type NewContactTag = Static<typeof NewContactTag>;
