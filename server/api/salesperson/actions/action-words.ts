import type { TaskStatus } from "../../../../shared/task-words.ts";

export const actionTypes = [
  "phone_call",
  "follow_up",
  "appointment_scheduled",
  "email_sent",
  "meeting",
  "update",
  "other",
] as const;
export type ActionType = (typeof actionTypes)[number];

export const actionStatuses = ["pending", "completed", "cancelled", "missed"] as const;
export type ActionStatus = (typeof actionStatuses)[number];

export const actionStatusFilters = [...actionStatuses, "overdue"] as const;
export type ActionStatusFilter = (typeof actionStatusFilters)[number];

export function statusWord(status: TaskStatus): ActionStatus {
  switch (status) {
    case "backlog":
    case "todo":
    case "in_progress":
      return "pending";
    case "done":
      return "completed";
    case "cancelled":
    case "missed":
      return status;
  }
}

/** The first of the states that read as the word. */
export function statusOfWord(word: ActionStatus): TaskStatus {
  switch (word) {
    case "pending":
      return "backlog";
    case "completed":
      return "done";
    case "cancelled":
    case "missed":
      return word;
  }
}

/** `pending` is whatever is still to be done. */
export function stateOfFilter(word: ActionStatusFilter): TaskStatus | "open" | "overdue" {
  switch (word) {
    case "pending":
      return "open";
    case "overdue":
      return word;
    default:
      return statusOfWord(word);
  }
}

/** The words of other surfaces for a kind of task that this document has. */
const typesElsewhere: Record<string, ActionType> = {
  call: "phone_call",
  email: "email_sent",
  demo: "meeting",
  visit: "meeting",
};

export function actionTypeWord(taskType: string): ActionType {
  return actionTypes.find((word) => word === taskType) ?? typesElsewhere[taskType] ?? "other";
}
