import { Type } from "typebox";
import { leadStatusWords } from "./shared-contact-words.ts";

// Type lists instead of unions: a union becomes an anyOf, whose errors name every branch.
const NullableText = Type.Unsafe<string | null>({ type: ["string", "null"] });
const LeadStatus = Type.Unsafe<(typeof leadStatusWords)[number]>({ type: "string", enum: [...leadStatusWords] });

export const sortWords = [
  "lastMessageAt",
  "last_message_at",
  "createdAt",
  "created_at",
  "name",
  "lead_score",
  "leadScore",
] as const;

export const SharedContactQuery = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 0, description: "50, or 20 with offset or status; above 100 it is 100" }),
  ),
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  search: Type.Optional(Type.String()),
  status: Type.Optional(LeadStatus),
  sort: Type.Optional(Type.Unsafe<(typeof sortWords)[number]>({ type: "string", enum: [...sortWords] })),
  order: Type.Optional(Type.Unsafe<"1" | "-1" | "asc" | "desc">({ type: "string", enum: ["1", "-1", "asc", "desc"] })),
});

export const SharedContactBody = Type.Object({
  name: Type.Optional(NullableText),
  phone_number: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  mobile: Type.Optional(NullableText),
  first_name: Type.Optional(NullableText),
  firstName: Type.Optional(NullableText),
  last_name: Type.Optional(NullableText),
  lastName: Type.Optional(NullableText),
  email: Type.Optional(NullableText),
  company: Type.Optional(NullableText),
  organization: Type.Optional(NullableText),
  position: Type.Optional(NullableText),
  jobTitle: Type.Optional(NullableText),
  lead_status: Type.Optional(LeadStatus),
  lead_score: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  source: Type.Optional(NullableText),
  notes: Type.Optional(NullableText),
  last_contacted_at: Type.Optional(NullableText),
  lastContactDate: Type.Optional(NullableText),
  next_follow_up_at: Type.Optional(NullableText),
  nextFollowUp: Type.Optional(NullableText),
  tags: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
});

const fields = {
  id: Type.String(),
  _id: Type.String(),
  name: Type.String(),
  phone_number: NullableText,
  phone: NullableText,
  email: NullableText,
  company: NullableText,
  position: NullableText,
  lead_status: Type.String(),
  lead_score: Type.Integer(),
  source: NullableText,
  notes: NullableText,
  last_contacted_at: NullableText,
  next_follow_up_at: NullableText,
  lastMessageAt: NullableText,
  unreadCount: Type.Integer(),
  avatar: NullableText,
  created_at: Type.String(),
  createdAt: Type.String(),
};

export const SharedContactList = Type.Object({
  status: Type.String(),
  success: Type.Boolean(),
  data: Type.Array(Type.Object(fields, { title: "Contact" })),
  pagination: Type.Object({
    limit: Type.Integer(),
    offset: Type.Integer(),
    skip: Type.Integer(),
    count: Type.Integer(),
    total: Type.Integer(),
    pages: Type.Integer(),
  }),
});

export const SharedContactCreated = Type.Object({
  status: Type.String(),
  success: Type.Boolean(),
  message: Type.String(),
  contact_id: Type.String(),
  data: Type.Object({ ...fields, tags: Type.Array(Type.String()), accountId: Type.String() }),
});
