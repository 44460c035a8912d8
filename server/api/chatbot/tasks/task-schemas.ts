import { Type } from "typebox";
import { taskPriorities } from "../../../../shared/task-words.ts";
import { NullableId, NullableText, oneOf, pageFields, searchField } from "../field-schemas.ts";

export const taskTypes = ["follow_up", "meeting", "document", "demo", "proposal", "support"] as const;
export const taskStatusWords = ["pending", "completed", "overdue", "cancelled"] as const;

const optionalFields = {
  contact_id: Type.Optional(NullableId),
  deal_id: Type.Optional(NullableId),
  description: Type.Optional(NullableText),
  task_type: Type.Optional(oneOf(taskTypes)),
  priority: Type.Optional(oneOf(taskPriorities)),
  status: Type.Optional(oneOf(taskStatusWords)),
  due_date: Type.Optional(NullableText),
};

export const NewTaskBody = Type.Object({ title: Type.String(), ...optionalFields });
export const TaskBody = Type.Object({ title: Type.Optional(Type.String()), ...optionalFields });

const TaskContact = Type.Object({ name: NullableText, company: NullableText, phone_number: NullableText });
const TaskDeal = Type.Unsafe<{ title: string; value: number; stage: string } | null>({
  type: ["object", "null"],
  properties: { title: { type: "string" }, value: { type: "number" }, stage: { type: "string" } },
});

export const TaskView = Type.Object(
  {
    id: Type.String(),
    contact_id: NullableText,
    deal_id: NullableText,
    title: Type.String(),
    description: NullableText,
    task_type: Type.String(),
    priority: Type.String(),
    status: Type.String(),
    due_date: NullableText,
    created_at: Type.String(),
    contact: TaskContact,
    contacts: TaskContact,
    deal: TaskDeal,
    deals: TaskDeal,
  },
  { title: "Task" },
);

export const TaskList = Type.Object({ status: Type.String(), data: Type.Array(TaskView) });
export const OneTask = Type.Object({ status: Type.String(), data: TaskView });
export const TaskCreated = Type.Object({ status: Type.String(), message: Type.String(), task_id: Type.String() });

export const TasksOfContactQuery = Type.Object({
  ...pageFields,
  ...searchField,
  status: Type.Optional(oneOf(taskStatusWords)),
  priority: Type.Optional(oneOf(taskPriorities)),
});
export const TaskQuery = Type.Object({ ...TasksOfContactQuery.properties, contact_id: Type.Optional(Type.String()) });
