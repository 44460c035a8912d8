export const taskStatuses = ["backlog", "todo", "in_progress", "done", "cancelled", "missed"] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const taskPriorities = ["urgent", "high", "medium", "low"] as const;
export type TaskPriority = (typeof taskPriorities)[number];
