import { type Static, Type } from "typebox";
import { type DealStage, dealStageWords } from "../deal-stages.ts";
import { taskPriorities, taskStatuses } from "../task-words.ts";
import { id, nullableId, nullableText, nullableTime, oneOf, paging, text, time, version } from "./fields.ts";

export const Task = Type.Object(
  {
    id,
    contact_id: nullableId,
    deal_id: nullableId,
    lead_id: nullableId,
    appointment_id: nullableId,
    title: Type.String(),
    description: nullableText,
    task_type: Type.String(),
    priority: oneOf(taskPriorities),
    status: oneOf(taskStatuses),
    state: oneOf(["open", "overdue", "done", "cancelled"]),
    due_at: nullableTime,
    assignee_user_id: nullableId,
    completed_at: nullableTime,
    outcome: nullableText,
    contact: Type.Unsafe<{ name: string; company: string | null; phone: string | null } | null>({
      type: ["object", "null"],
      properties: { name: Type.String(), company: nullableText, phone: nullableText },
    }),
    deal: Type.Unsafe<{ title: string; value: number; stage: DealStage } | null>({
      type: ["object", "null"],
      properties: { title: Type.String(), value: Type.Number(), stage: oneOf(dealStageWords) },
    }),
    version,
    created_by: nullableId,
    created_at: time,
    updated_at: time,
  },
  { title: "Task" },
);
export type Task = Static<typeof Task>;

/** Only what is given changes; null clears. */
export const TaskPatch = Type.Object({
  contact_id: Type.Optional(nullableId),
  deal_id: Type.Optional(nullableId),
  lead_id: Type.Optional(nullableId),
  title: Type.Optional(text(500)),
  description: Type.Optional(nullableText),
  task_type: Type.Optional(text(100)),
  priority: Type.Optional(oneOf(taskPriorities)),
  status: Type.Optional(oneOf(taskStatuses)),
  due_at: Type.Optional(nullableTime),
  assignee_user_id: Type.Optional(nullableId),
  outcome: Type.Optional(nullableText),
});
export type TaskPatch = Static<typeof TaskPatch>;

export const NewTask = Type.Object({
  ...Type.Omit(TaskPatch, ["outcome"]).properties,
  appointment_id: Type.Optional(nullableId),
  title: text(500),
});
export type NewTask = Static<typeof NewTask>;

export const TaskQuery = Type.Object({
  ...paging,
  contact_id: Type.Optional(id),
  status: Type.Optional(oneOf(["open", "overdue", "done", "cancelled"])),
  priority: Type.Optional(oneOf(taskPriorities)),
  assignee_user_id: Type.Optional(id),
});
export type TaskQuery = Static<typeof TaskQuery>;
