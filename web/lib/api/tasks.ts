import { queryOptions } from "@tanstack/react-query";
import type { NewTask, Task } from "../../../shared/v1/task.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const tasksPollMs = 5_000;

export function tasksQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "tasks"],
    queryFn: ({ signal }) => request<Page<Task>>(apiPaths.tasks({ contact_id: contactId, limit: 50 }), { signal }),
    refetchInterval: pollMs(tasksPollMs),
  });
}

export function completeTask(id: number): Promise<Task> {
  return request(apiPaths.completeTask(id), { method: "POST" });
}

/** Opens a task again, as it was. */
export function setTaskStatus(id: number, status: Task["status"]): Promise<Task> {
  return request(apiPaths.task(id), { method: "PATCH", body: { status } });
}

export function createTask(task: NewTask, idempotencyKey: string): Promise<Task> {
  return request(apiPaths.tasks({}), { method: "POST", body: task, idempotencyKey });
}
