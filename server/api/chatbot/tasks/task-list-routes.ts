import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { requireContact } from "../../../domain/contacts/require-contact.ts";
import type { Ctx } from "../../../domain/context.ts";
import { listTasks } from "../../../domain/tasks/list-tasks.ts";
import { searchTasks } from "../../../domain/tasks/search-tasks.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById } from "../field-schemas.ts";
import { pageOfQuery } from "../page-of-query.ts";
import { presentTask } from "./present-task.ts";
import { TaskList, TaskQuery, TasksOfContactQuery } from "./task-schemas.ts";
import { filterOfStatus } from "./task-status.ts";

const tags = ["Tasks"];

export function taskListRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof TaskQuery> }>(
    "/api/crm/tasks",
    { schema: { summary: "List tasks", tags, querystring: TaskQuery, response: { 200: TaskList } } },
    (request) => tasksOf(ctxOf(request), request.query, request.query.contact_id),
  );
  app.get<{ Params: Static<typeof ById>; Querystring: Static<typeof TasksOfContactQuery> }>(
    "/api/crm/contact/:id/tasks",
    {
      schema: {
        summary: "List a contact's tasks",
        tags,
        params: ById,
        querystring: TasksOfContactQuery,
        response: { 200: TaskList },
      },
    },
    async (request) => {
      await requireContact(ctxOf(request), readId(request.params.id, "contact"));
      return tasksOf(ctxOf(request), request.query, request.params.id);
    },
  );
}

async function tasksOf(ctx: Ctx, query: Static<typeof TasksOfContactQuery>, contactId: string | undefined) {
  const filter = withoutUndefined({
    contactId: contactId === undefined ? undefined : readId(contactId, "contact"),
    status: query.status === undefined ? undefined : filterOfStatus(query.status),
    priority: query.priority,
  });
  const page = { ...filter, ...pageOfQuery(query) };
  const search = query.search?.trim();
  const tasks = search ? await searchTasks(ctx, { query: search, ...page }) : (await listTasks(ctx, page)).items;
  return { status: "success", data: tasks.map((task) => presentTask(task, ctx.now())) };
}
