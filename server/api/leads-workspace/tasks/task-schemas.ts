import { Type } from "typebox";
import { leadInBody, NullableText, TextOrNumber } from "../field-schemas.ts";
import { type TaskPriorityWord, type TaskStatusWord, taskPriorityWords, taskStatusWords } from "./task-words.ts";

const Status = Type.Unsafe<TaskStatusWord | null>({ type: ["string", "null"], enum: [...taskStatusWords, null] });
const Priority = Type.Unsafe<TaskPriorityWord | null>({ type: ["string", "null"], enum: [...taskPriorityWords, null] });

const optionalFields = {
  ...leadInBody,
  description: Type.Optional(NullableText),
  status: Type.Optional(Status),
  assignedTo: Type.Optional(TextOrNumber),
  dueDate: Type.Optional(NullableText),
  priority: Type.Optional(Priority),
};

export const NewTaskBody = Type.Object({ title: Type.String(), ...optionalFields });
export const TaskBody = Type.Object({ title: Type.Optional(Type.String()), ...optionalFields });

export const TaskList = Type.Array(
  Type.Object({
    id: Type.String(),
    lead_id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    status: Type.String(),
    assignedTo: Type.String(),
    dueDate: NullableText,
    priority: Type.String(),
    createdAt: Type.String(),
    createdBy: Type.String(),
    updatedAt: Type.String(),
  }),
);

export const TaskPath = Type.Object({ task_id: Type.String() });
