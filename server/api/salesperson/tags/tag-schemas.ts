import { Type } from "typebox";
import { ListedCustomerView } from "../customers/customer-list-schemas.ts";
import { Id, NullableText, pageFields, Time } from "../field-schemas.ts";

export const NewTagBody = Type.Object({ tagId: Id, notes: Type.Optional(NullableText) });

export const TaggedCustomers = Type.Array(
  Type.Object({
    ...ListedCustomerView.properties,
    tag: Type.Object({
      id: Type.String(),
      notes: NullableText,
      addedBy: NullableText,
      addedByName: NullableText,
      addedAt: Time,
    }),
  }),
);

export const ByTagId = Type.Object({ tagId: Type.String() });

export const TaggedQuery = Type.Object({ ...pageFields, assignedSalesId: Type.Optional(Type.String()) });
