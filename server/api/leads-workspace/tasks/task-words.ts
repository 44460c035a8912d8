import type { TaskPriority, TaskStatus } from "../../../../shared/task-words.ts";

const statuses = {
  Backlog: "backlog",
  Todo: "todo",
  "In Progress": "in_progress",
  Done: "done",
  Canceled: "cancelled",
} as const satisfies Record<string, TaskStatus>;
const priorities = { Urgent: "urgent", High: "high", Medium: "medium", Low: "low" } as const satisfies Record<
  string,
  TaskPriority
>;

export type TaskStatusWord = keyof typeof statuses;
export type TaskPriorityWord = keyof typeof priorities;
export const taskStatusWords: TaskStatusWord[] = ["Backlog", "Todo", "In Progress", "Done", "Canceled"];
export const taskPriorityWords: TaskPriorityWord[] = ["Urgent", "High", "Medium", "Low"];

export function statusOfWord(word: TaskStatusWord): TaskStatus {
  return statuses[word];
}

export function priorityOfWord(word: TaskPriorityWord): TaskPriority {
  return priorities[word];
}

/** A missed one reads as not begun. */
export function wordOfStatus(status: TaskStatus): TaskStatusWord {
  return taskStatusWords.find((word) => statuses[word] === status) ?? "Backlog";
}

export function wordOfPriority(priority: TaskPriority): TaskPriorityWord {
  return taskPriorityWords.find((word) => priorities[word] === priority) ?? "Medium";
}
