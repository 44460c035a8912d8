import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import type { NewTask } from "../../../domain/tasks/create-task.ts";
import type { TaskPatch } from "../../../domain/tasks/update-task.ts";
import { readId } from "../../http/read-id.ts";
import type { NewTaskBody, TaskBody } from "./task-schemas.ts";
import { statusOfWord } from "./task-status.ts";

/** A task of this surface is about somebody; a deal brings its person along. */
export function parseNewTask(body: Static<typeof NewTaskBody>): NewTask {
  const task = { ...parseTask(body), title: body.title };
  if (!task.contactId && !task.dealId) throw invalid("contact_id", "contact_id is required");
  return { ...task, status: statusOfWord(body.status ?? "pending") };
}

/** All but the status, which depends on what the task is. */
export function parseTask(body: Static<typeof TaskBody>): TaskPatch {
  return withoutUndefined({
    contactId: idOrNull(body.contact_id, "contact"),
    dealId: idOrNull(body.deal_id, "deal"),
    title: body.title,
    description: body.description,
    taskType: body.task_type,
    priority: body.priority,
    dueAt: body.due_date === "" ? null : body.due_date,
  });
}

function idOrNull(value: string | number | null | undefined, word: "contact" | "deal"): number | null | undefined {
  return value === null || value === undefined ? value : readId(value, word);
}
