import { type Static, Type } from "typebox";
import { custom, id, nullableId, nullableText, paging, text, time, version } from "./fields.ts";

export const Organization = Type.Object(
  {
    id,
    name: Type.String(),
    website: nullableText,
    industry: nullableText,
    size: nullableText,
    phone: nullableText,
    address: nullableText,
    notes: nullableText,
    owner_user_id: nullableId,
    custom,
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Organization" },
);
export type Organization = Static<typeof Organization>;

/** Only what is given changes; null clears. */
export const OrganizationPatch = Type.Object({
  name: Type.Optional(text(300)),
  website: Type.Optional(nullableText),
  industry: Type.Optional(nullableText),
  size: Type.Optional(nullableText),
  phone: Type.Optional(nullableText),
  address: Type.Optional(nullableText),
  notes: Type.Optional(nullableText),
  owner_user_id: Type.Optional(nullableId),
  custom: Type.Optional(custom),
});
export type OrganizationPatch = Static<typeof OrganizationPatch>;

export const NewOrganization = Type.Object({ ...OrganizationPatch.properties, name: text(300) });
export type NewOrganization = Static<typeof NewOrganization>;

export const OrganizationQuery = Type.Object({ ...paging, q: Type.Optional(Type.String({ maxLength: 200 })) });
