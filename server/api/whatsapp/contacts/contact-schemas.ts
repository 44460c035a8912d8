import { Type } from "typebox";
import { NullableText, oneOf, pageFields } from "../field-schemas.ts";

export const sortWords = ["lastMessageAt", "createdAt", "name"] as const;

export const ContactQuery = Type.Object({
  ...pageFields,
  search: Type.Optional(Type.String({ description: "Any part of name, phone, mail or company" })),
  sort: Type.Optional(oneOf(sortWords)),
  order: Type.Optional(oneOf(["1", "-1", "asc", "desc"])),
});

const Tags = Type.Array(Type.String(), { maxItems: 100 });

export const ContactBody = Type.Object({
  name: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  email: Type.Optional(NullableText),
  tags: Type.Optional(Tags),
  notes: Type.Optional(NullableText),
});

export const ContactListed = Type.Object({
  _id: Type.String(),
  name: Type.String(),
  phone: NullableText,
  email: NullableText,
  lastMessageAt: NullableText,
  unreadCount: Type.Integer(),
  avatar: NullableText,
});

export const ContactList = Type.Object({
  success: Type.Boolean(),
  data: Type.Array(ContactListed),
  pagination: Type.Object({
    total: Type.Integer(),
    limit: Type.Integer(),
    skip: Type.Integer(),
    pages: Type.Integer(),
  }),
});

export const ContactCreated = Type.Object({
  success: Type.Boolean(),
  data: Type.Object({
    _id: Type.String(),
    name: Type.String(),
    phone: NullableText,
    email: NullableText,
    tags: Tags,
    accountId: Type.String(),
    createdAt: Type.String(),
  }),
});

export const ContactUpdated = Type.Object({
  success: Type.Boolean(),
  data: Type.Object({ _id: Type.String(), name: Type.String(), email: NullableText, tags: Tags, notes: NullableText }),
});

export const OneContact = Type.Object({
  success: Type.Boolean(),
  data: Type.Object(
    {
      _id: Type.String(),
      name: Type.String(),
      phone: NullableText,
      email: NullableText,
      tags: Tags,
      notes: NullableText,
      lastMessageAt: NullableText,
      unreadCount: Type.Integer(),
      avatar: NullableText,
      createdAt: Type.String(),
    },
    { title: "Contact" },
  ),
});
