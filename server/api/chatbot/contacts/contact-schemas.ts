import { Type } from "typebox";
import { NullableText, oneOf, pageFields } from "../field-schemas.ts";
import { leadStatusWords } from "../lead-status.ts";

export const ContactBody = Type.Object({
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
  lead_status: Type.Optional(oneOf(leadStatusWords)),
  lead_score: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  source: Type.Optional(NullableText),
  notes: Type.Optional(NullableText),
  last_contacted_at: Type.Optional(NullableText),
  lastContactDate: Type.Optional(NullableText),
  next_follow_up_at: Type.Optional(NullableText),
  nextFollowUp: Type.Optional(NullableText),
});

export const ContactView = Type.Object(
  {
    id: Type.String(),
    phone_number: NullableText,
    name: Type.String(),
    email: NullableText,
    company: NullableText,
    position: NullableText,
    lead_status: Type.String(),
    lead_score: Type.Integer(),
    source: NullableText,
    notes: NullableText,
    last_contacted_at: NullableText,
    next_follow_up_at: NullableText,
    created_at: Type.String(),
  },
  { title: "Contact" },
);

export const ContactList = Type.Object({
  status: Type.String(),
  data: Type.Array(ContactView),
  pagination: Type.Object({ limit: Type.Integer(), offset: Type.Integer(), count: Type.Integer() }),
});

export const ContactCreated = Type.Object({ status: Type.String(), message: Type.String(), contact_id: Type.String() });

export const ContactQuery = Type.Object({
  ...pageFields,
  status: Type.Optional(oneOf(leadStatusWords)),
  search: Type.Optional(Type.String({ description: "Any part of name, phone, mail or company" })),
});
