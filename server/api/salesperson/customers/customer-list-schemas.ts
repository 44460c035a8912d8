import { Type } from "typebox";
import { NullableText, pageFields } from "../field-schemas.ts";
import { CustomerNames, statisticsFields } from "./record-schemas.ts";

export const ListedCustomerView = Type.Object(
  {
    id: Type.String(),
    customerId: Type.String(),
    customer: CustomerNames,
    customerStatus: Type.String(),
    ...statisticsFields,
    lastContactDate: NullableText,
    assignedSalesId: NullableText,
  },
  { title: "Customer" },
);

export const ListedCustomers = Type.Array(ListedCustomerView);

export const CustomerQuery = Type.Object({ ...pageFields, assignedSalesId: Type.Optional(Type.String()) });

export const FollowUpQuery = Type.Object({
  ...CustomerQuery.properties,
  daysThreshold: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 36_500, description: "Days since the last contact; 30 where not said." }),
  ),
});
