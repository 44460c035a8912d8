import type { TaskStatus } from "../../../shared/task-words.ts";

export type TaskState = "open" | "overdue" | "done" | "cancelled";

/** How a task stands at a moment: overdue is never stored, it is an open task past its due time. A missed one stays overdue. */
export function taskState(task: { status: TaskStatus; dueAt: string | null }, now: Date): TaskState {
  switch (task.status) {
    case "done":
    case "cancelled":
      return task.status;
    case "missed":
      return "overdue";
    case "backlog":
    case "todo":
    case "in_progress":
      return task.dueAt !== null && Date.parse(task.dueAt) < now.getTime() ? "overdue" : "open";
  }
}
