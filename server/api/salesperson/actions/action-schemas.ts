import { Type } from "typebox";
import { taskPriorities } from "../../../../shared/task-words.ts";
import {
  AnyObject,
  Id,
  NullableId,
  NullableNumber,
  NullableText,
  oneOf,
  oneOfOrNull,
  pageFields,
  Time,
} from "../field-schemas.ts";
import { actionStatuses, actionStatusFilters, actionTypes } from "./action-words.ts";

const fields = {
  description: Type.Optional(NullableText),
  status: Type.Optional(oneOfOrNull(actionStatuses)),
  priority: Type.Optional(oneOfOrNull(taskPriorities)),
  dueDate: Type.Optional(NullableText),
  relatedAppointmentId: Type.Optional(NullableId),
  relatedLeadId: Type.Optional(NullableId),
  assignedSalesId: Type.Optional(NullableId),
  metadata: Type.Optional(AnyObject),
};

export const NewActionBody = Type.Object({
  customerId: Id,
  actionType: oneOf(actionTypes),
  title: Type.String(),
  ...fields,
});

export const ActionBody = Type.Object({
  customerId: Type.Optional(Id),
  actionType: Type.Optional(oneOf(actionTypes)),
  title: Type.Optional(Type.String()),
  ...fields,
});

const ActionCustomer = Type.Unsafe<{ id: string; name: string } | null>({
  type: ["object", "null"],
  properties: { id: { type: "string" }, name: { type: "string" } },
});

export const ActionView = Type.Object(
  {
    id: Type.String(),
    customerId: NullableText,
    customer: ActionCustomer,
    actionType: Type.String(),
    title: Type.String(),
    description: NullableText,
    status: Type.String(),
    priority: Type.String(),
    dueDate: NullableText,
    completedAt: NullableText,
    relatedAppointmentId: NullableText,
    relatedLeadId: NullableText,
    assignedSalesId: NullableText,
    metadata: AnyObject,
    overdue: Type.Boolean({ description: "Still to be done, and its time is past." }),
    dueInSeconds: Type.Unsafe<number | null>({ ...NullableNumber, description: "Negative once it is late." }),
    ageSeconds: Type.Number({ description: "Since it was made; of a completed one, until then." }),
    createdAt: Time,
    updatedAt: Time,
  },
  { title: "Action" },
);

export const ActionList = Type.Array(ActionView);

export const PendingQuery = Type.Object({
  ...pageFields,
  priority: Type.Optional(oneOf(taskPriorities)),
  customerId: Type.Optional(Type.String()),
  assignedSalesId: Type.Optional(Type.String()),
});

export const ActionQuery = Type.Object({
  ...PendingQuery.properties,
  status: Type.Optional(oneOf(actionStatusFilters)),
});
