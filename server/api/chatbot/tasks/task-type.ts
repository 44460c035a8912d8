import type { Ctx } from "../../../domain/context.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import { taskTypes } from "./task-schemas.ts";

export type TaskTypeWord = (typeof taskTypes)[number];

/** Other surfaces' kinds of task, in the document's six words: a booking is a meeting, all the rest is to be followed up. */
export function presentType(taskType: string): TaskTypeWord {
  const known = taskTypes.find((word) => word === taskType);
  return known ?? (taskType === "appointment_scheduled" || taskType === "visit" ? "meeting" : "follow_up");
}

/** A client that sends back the word it read leaves the task of the kind that it is. */
export async function typeAfter(ctx: Ctx, taskId: number, word: TaskTypeWord): Promise<string> {
  const { taskType } = await getTask(ctx, taskId);
  return presentType(taskType) === word ? taskType : word;
}
