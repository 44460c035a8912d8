import type { TaskStatus } from "../../../../shared/task-words.ts";
import type { Ctx } from "../../../domain/context.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import type { Task } from "../../../domain/tasks/task.ts";
import { taskState } from "../../../domain/tasks/task-state.ts";
import type { taskStatusWords } from "./task-schemas.ts";

export type TaskStatusWord = (typeof taskStatusWords)[number];

export function presentStatus(task: Task, now: Date): TaskStatusWord {
  const state = taskState(task, now);
  switch (state) {
    case "open":
      return "pending";
    case "done":
      return "completed";
    case "overdue":
    case "cancelled":
      return state;
  }
}

/** What a list is filtered by; pending means every open task. */
export function filterOfStatus(word: TaskStatusWord): "open" | "done" | "overdue" | "cancelled" {
  if (word === "pending") return "open";
  return word === "completed" ? "done" : word;
}

/**
 * The status that writing a word sets: the first of those that read as it. Whether an open task is overdue follows from its due date,
 * so both words only mean open.
 */
export function statusOfWord(word: TaskStatusWord): TaskStatus {
  if (word === "completed") return "done";
  return word === "cancelled" ? "cancelled" : "backlog";
}

/** The same for a task that is there: one that is open already stays where it is (to do, in progress), as does a missed one called overdue. */
export async function statusAfter(ctx: Ctx, taskId: number, word: TaskStatusWord): Promise<TaskStatus> {
  if (word === "completed" || word === "cancelled") return statusOfWord(word);
  const { status } = await getTask(ctx, taskId);
  if (status === "missed") return word === "overdue" ? status : statusOfWord(word);
  return status === "done" || status === "cancelled" ? statusOfWord(word) : status;
}
