import { type Static, Type } from "typebox";
import { stages, temperatures } from "../stages.ts";
import { custom, id, nullableId, nullableText, nullableTime, oneOf, paging, time, version } from "./fields.ts";

const listed = {
  id,
  name: Type.String(),
  phone: nullableText,
  email: nullableText,
  company: nullableText,
  position: nullableText,
  stage: oneOf(stages),
  temperature: oneOf(temperatures),
  lead_score: Type.Integer(),
  source: nullableText,
  notes: nullableText,
  last_contacted_at: nullableTime,
  next_follow_up_at: nullableTime,
  last_message_at: nullableTime,
  unread_count: Type.Integer(),
  avatar_url: nullableText,
  version,
  created_at: time,
  updated_at: time,
};

/** A person in a list. */
export const ContactItem = Type.Object(listed, { title: "ContactItem" });
export type ContactItem = Static<typeof ContactItem>;

export const Contact = Type.Object(
  {
    ...listed,
    first_name: Type.String(),
    last_name: Type.String(),
    organization_id: nullableId,
    owner_user_id: nullableId,
    country: nullableText,
    language: nullableText,
    do_not_contact: Type.Boolean(),
    custom,
  },
  { title: "Contact" },
);
export type Contact = Static<typeof Contact>;

/** Only what is given changes; null clears. */
export const ContactPatch = Type.Object({
  name: Type.Optional(nullableText),
  first_name: Type.Optional(nullableText),
  last_name: Type.Optional(nullableText),
  phone: Type.Optional(nullableText),
  email: Type.Optional(nullableText),
  company: Type.Optional(nullableText),
  organization_id: Type.Optional(nullableId),
  position: Type.Optional(nullableText),
  source: Type.Optional(nullableText),
  notes: Type.Optional(nullableText),
  stage: Type.Optional(oneOf(stages)),
  lead_score: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  owner_user_id: Type.Optional(nullableId),
  language: Type.Optional(nullableText),
  avatar_url: Type.Optional(
    Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 2_000, pattern: "^https?://" }),
  ),
  last_contacted_at: Type.Optional(nullableTime),
  next_follow_up_at: Type.Optional(nullableTime),
  do_not_contact: Type.Optional(Type.Boolean()),
  custom: Type.Optional(custom),
});
export type ContactPatch = Static<typeof ContactPatch>;

export const NewContact = Type.Object({
  ...ContactPatch.properties,
  phones: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 })),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
});
export type NewContact = Static<typeof NewContact>;

export const contactSorts = ["created_at", "lead_score", "last_message_at", "name"] as const;

export const ContactQuery = Type.Object({
  ...paging,
  q: Type.Optional(Type.String({ maxLength: 200, description: "Any part of name, phone, mail or company." })),
  stage: Type.Optional(oneOf(stages)),
  temperature: Type.Optional(oneOf(temperatures)),
  tag_id: Type.Optional(id),
  organization_id: Type.Optional(id),
  owner_user_id: Type.Optional(id),
  sort: Type.Optional(oneOf(contactSorts)),
});
export type ContactQuery = Static<typeof ContactQuery>;
