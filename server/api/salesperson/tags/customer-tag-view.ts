import { Type } from "typebox";
import { NullableText, Time } from "../field-schemas.ts";

export const CustomerTagView = Type.Object(
  {
    id: Type.String({ description: "Of the tag on this customer; DELETE /crm/customer-tags/{id} takes it." }),
    customerId: Type.String(),
    tagId: Type.String(),
    name: Type.String(),
    color: NullableText,
    notes: NullableText,
    addedBy: NullableText,
    addedByName: NullableText,
    addedAt: Time,
  },
  { title: "CustomerTag" },
);
