import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { createTask } from "../../../domain/tasks/create-task.ts";
import { deleteTask } from "../../../domain/tasks/delete-task.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import { completeTask, updateTask } from "../../../domain/tasks/update-task.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, Done, success } from "../field-schemas.ts";
import { parseNewTask, parseTask } from "./parse-task.ts";
import { presentTask } from "./present-task.ts";
import { taskListRoutes } from "./task-list-routes.ts";
import { NewTaskBody, OneTask, TaskBody, TaskCreated } from "./task-schemas.ts";
import { statusAfter } from "./task-status.ts";
import { typeAfter } from "./task-type.ts";

const tags = ["Tasks"];

export function taskRoutes(app: FastifyInstance): void {
  taskListRoutes(app);
  app.post<{ Body: Static<typeof NewTaskBody> }>(
    "/api/crm/tasks",
    { schema: { summary: "Create a task", tags, body: NewTaskBody, response: { 201: TaskCreated } } },
    async (request, reply) => {
      const { id } = await createTask(ctxOf(request), parseNewTask(request.body));
      reply.code(201);
      return { ...success("Task created successfully"), task_id: `task_${id}` };
    },
  );
  app.get<{ Params: Static<typeof ById> }>(
    "/api/crm/task/:id",
    { schema: { summary: "Read a task", tags, params: ById, response: { 200: OneTask } } },
    async (request) => {
      const ctx = ctxOf(request);
      const task = await getTask(ctx, readId(request.params.id, "task"));
      return { status: "success", data: presentTask(task, ctx.now()) };
    },
  );
  app.put<{ Params: Static<typeof ById>; Body: Static<typeof TaskBody> }>(
    "/api/crm/task/:id",
    { schema: { summary: "Update a task", tags, params: ById, body: TaskBody, response: { 200: Done } } },
    update,
  );
  const completion = { schema: { summary: "Complete a task", tags, params: ById, response: { 200: Done } } };
  app.post<{ Params: Static<typeof ById> }>("/api/crm/task/:id/complete", completion, complete);
  app.patch<{ Params: Static<typeof ById> }>("/api/crm/task/:id/complete", completion, complete);
  app.delete<{ Params: Static<typeof ById> }>(
    "/api/crm/task/:id",
    { schema: { summary: "Delete a task", tags, params: ById, response: { 200: Done } } },
    async (request) => {
      await deleteTask(ctxOf(request), readId(request.params.id, "task"));
      return success("Task deleted successfully");
    },
  );
}

async function update(request: FastifyRequest<{ Params: Static<typeof ById>; Body: Static<typeof TaskBody> }>) {
  const id = readId(request.params.id, "task");
  const { status: word, task_type: type } = request.body;
  await ctxOf(request).transact(async (tx) => {
    const status = word === undefined ? {} : { status: await statusAfter(tx, id, word) };
    const taskType = type === undefined ? {} : { taskType: await typeAfter(tx, id, type) };
    await updateTask(tx, id, { ...parseTask(request.body), ...taskType, ...status });
  });
  return success("Task updated successfully");
}

async function complete(request: FastifyRequest<{ Params: Static<typeof ById> }>) {
  await completeTask(ctxOf(request), readId(request.params.id, "task"));
  return success("Task completed successfully");
}
