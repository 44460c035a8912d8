import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { objectOf } from "../../../../shared/json.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { NewTask, Task, TaskPatch, TaskQuery } from "../../../../shared/v1/task.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { createTask } from "../../../domain/tasks/create-task.ts";
import { deleteTask, restoreTask } from "../../../domain/tasks/delete-task.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import { listTasks } from "../../../domain/tasks/list-tasks.ts";
import { completeTask, updateTask } from "../../../domain/tasks/update-task.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, nullableTimeCursor, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseNewTask, parseTaskPatch, presentTask } from "./task-shapes.ts";

const tags = ["tasks"];
type Params = Static<typeof ById>;

export function taskRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  completionRoute(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: TaskQuery }>(
    "/v1/tasks",
    { schema: { summary: "List tasks", tags, querystring: TaskQuery, response: { 200: pageOf(Task) } } },
    async (request, reply) => {
      const { contact_id: contactId, status, priority, assignee_user_id: assigneeUserId, cursor } = request.query;
      const list = `tasks.${status ?? "all"}`;
      const { items, next } = await listTasks(ctxOf(request), {
        ...withoutUndefined({ contactId, status, priority, assigneeUserId }),
        limit: limitOf(request.query),
        ...nullableTimeCursor(list, cursor),
      });
      const page = { items, next: cursorWord(list, next && [next.at, next.id]) };
      const now = ctxOf(request).now();
      return presentPage(request, reply, page, (task) => presentTask(task, now));
    },
  );
  app.get<{ Params: Params }>(
    "/v1/tasks/:id",
    { schema: { summary: "One task", tags, params: ById, response: { 200: Task } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      return tagged(reply, presentTask(await getTask(ctx, idIn(request.params, "task")), ctx.now()));
    },
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewTask }>(
    "/v1/tasks",
    { schema: { summary: "Add a task", tags, body: NewTask, response: { 201: Task } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      return created(reply, "/v1/tasks", presentTask(await createTask(ctx, parseNewTask(request.body)), ctx.now()));
    },
  );
  app.patch<{ Params: Params; Body: TaskPatch }>(
    "/v1/tasks/:id",
    { schema: { summary: "Edit a task", tags, params: ById, body: TaskPatch, response: { 200: Task } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const task = await updateTask(ctx, idIn(request.params, "task"), parseTaskPatch(request.body), ifMatch(request));
      return tagged(reply, presentTask(task, ctx.now()));
    },
  );
}

function completionRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: unknown }>(
    "/v1/tasks/:id/complete",
    { schema: { summary: "Complete a task", tags, params: ById, response: { 200: Task } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const options = { ...ifMatch(request), ...outcomeOf(request.body) };
      const task = await completeTask(ctx, idIn(request.params, "task"), options);
      return tagged(reply, presentTask(task, ctx.now()));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/tasks/:id",
    { schema: { summary: "Delete a task", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteTask(ctxOf(request), idIn(request.params, "task"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/tasks/:id/restore",
    { schema: { summary: "Bring a deleted task back", tags, params: ById, response: { 200: Task } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      return tagged(reply, presentTask(await restoreTask(ctx, idIn(request.params, "task")), ctx.now()));
    },
  );
}

// A completion may come without any body, which a body schema would refuse; so the body is read here.
function outcomeOf(body: unknown): { outcome?: string | null } {
  const outcome = objectOf(body)?.outcome;
  if (outcome === undefined) return {};
  if (outcome !== null && typeof outcome !== "string") throw invalid("outcome", "outcome must be a text or null");
  return { outcome };
}
