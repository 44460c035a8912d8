import { Type } from "typebox";
import {
  AnyObject,
  Id,
  NullableId,
  NullableMoney,
  NullableNumber,
  NullableText,
  oneOf,
  oneOfOrNull,
  pageFields,
  Time,
} from "../field-schemas.ts";
import { leadStatusInputs } from "./lead-words.ts";

export const LeadBody = Type.Object({
  source: Type.Optional(NullableText),
  firstName: Type.Optional(NullableText),
  lastName: Type.Optional(NullableText),
  email: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  status: Type.Optional(oneOfOrNull(leadStatusInputs)),
  notes: Type.Optional(NullableText),
  estimatedValue: Type.Optional(NullableMoney),
  metadata: Type.Optional(AnyObject),
  assignedSalesId: Type.Optional(NullableId),
});

export const NewLeadBody = Type.Object({ ...LeadBody.properties, customerId: Type.Optional(Id) });

export const LeadView = Type.Object(
  {
    id: Type.String(),
    leadId: Type.String({ description: "LEAD-012" }),
    customerId: Type.String(),
    source: NullableText,
    firstName: Type.String(),
    lastName: Type.String(),
    name: Type.String(),
    email: NullableText,
    phone: NullableText,
    status: Type.String(),
    notes: Type.String(),
    estimatedValue: NullableNumber,
    metadata: AnyObject,
    assignedSalesId: NullableText,
    assignedSalesName: NullableText,
    createdAt: Time,
    updatedAt: Time,
  },
  { title: "Lead" },
);

export const LeadList = Type.Array(LeadView);

export const LeadQuery = Type.Object({
  ...pageFields,
  status: Type.Optional(oneOf(leadStatusInputs)),
  assignedSalesId: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
});
