import { Type } from "typebox";
import { Id, NullableFlag, NullableNumber, NullableText, oneOf, pageFields, TextOrNumber } from "../field-schemas.ts";
import { leadStatusWords } from "../status-words.ts";

export const LeadQuery = Type.Object({
  ...pageFields,
  status: Type.Optional(oneOf(leadStatusWords)),
  leadOwner: Type.Optional(
    Type.String({ maxLength: 300, description: "A display name, an e-mail address or a user's id" }),
  ),
  source: Type.Optional(Type.String({ maxLength: 300 })),
  search: Type.Optional(Type.String({ description: "Any part of name, phone, e-mail or organization; or LEAD-012" })),
});

export const LeadBody = Type.Object({
  lead_id: Type.Optional(Id),
  leadId: Type.Optional(Id),
  salutation: Type.Optional(NullableText),
  firstName: Type.Optional(NullableText),
  lastName: Type.Optional(NullableText),
  name: Type.Optional(NullableText),
  email: Type.Optional(NullableText),
  mobile: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  organization: Type.Optional(NullableText),
  company: Type.Optional(NullableText),
  website: Type.Optional(NullableText),
  jobTitle: Type.Optional(NullableText),
  industry: Type.Optional(NullableText),
  source: Type.Optional(NullableText),
  status: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], enum: [...leadStatusWords, null] })),
  gender: Type.Optional(NullableText),
  noOfEmployees: Type.Optional(TextOrNumber),
  annualRevenue: Type.Optional(TextOrNumber),
  territory: Type.Optional(NullableText),
  leadOwner: Type.Optional(TextOrNumber),
});

export const StatusQuery = Type.Object({ status: Type.Optional(oneOf(leadStatusWords)) });
export const StatusBody = Type.Object({
  lead_id: Type.Optional(Id),
  leadId: Type.Optional(Id),
  status: Type.Optional(oneOf(leadStatusWords)),
  reason: Type.Optional(NullableText),
});

export const ConvertBody = Type.Object({
  lead_id: Type.Optional(Id),
  leadId: Type.Optional(Id),
  useExistingOrg: Type.Optional(NullableFlag),
  organizationId: Type.Optional(Id),
  useExistingContact: Type.Optional(NullableFlag),
  contactId: Type.Optional(Id),
  title: Type.Optional(NullableText),
  dealName: Type.Optional(NullableText),
  value: Type.Optional(TextOrNumber),
  dealValue: Type.Optional(TextOrNumber),
  currency: Type.Optional(NullableText),
  expectedCloseDate: Type.Optional(NullableText),
});

const fields = {
  id: Type.String(),
  lead_id: Type.String(),
  salutation: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  name: Type.String(),
  email: Type.String(),
  mobile: Type.String(),
  organization: Type.String(),
  website: Type.String(),
  jobTitle: Type.String(),
  industry: Type.String(),
  source: Type.String(),
  status: Type.String(),
  gender: Type.String(),
  noOfEmployees: Type.String(),
  annualRevenue: NullableNumber,
  territory: Type.String(),
  leadOwner: Type.String(),
  contactId: Type.String(),
  organizationId: Type.String(),
  convertedToDeal: Type.Boolean(),
  dealId: Type.String(),
  activitiesCount: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  updatedAt: Type.String(),
};

export const LeadList = Type.Array(Type.Object(fields));
export const LeadView = Type.Object(
  {
    ...fields,
    activities: Type.Array(
      Type.Object({ type: Type.String(), description: Type.String(), by: Type.String(), timestamp: Type.String() }),
    ),
  },
  { title: "Lead" },
);

export const StatusWritten = Type.Object({
  message: Type.String(),
  id: Type.String(),
  lead_id: Type.String(),
  status: Type.String(),
});

export const Converted = Type.Object({
  message: Type.String(),
  id: Type.String(),
  lead_id: Type.String(),
  deal_id: Type.String(),
  dealId: Type.String(),
  status: Type.String(),
  convertedToDeal: Type.Boolean(),
});
