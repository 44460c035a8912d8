import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { getContact } from "../../../domain/contacts/get-contact.ts";
import { actingUserId } from "../../../domain/context.ts";
import { notFound } from "../../../domain/domain-error.ts";
import { createTask } from "../../../domain/tasks/create-task.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import { updateTask } from "../../../domain/tasks/update-task.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById } from "../field-schemas.ts";
import { ownUserId } from "../roles.ts";
import { ActionBody, ActionView, NewActionBody } from "./action-schemas.ts";
import { statusOfWord } from "./action-words.ts";
import { parseAction, statusOf } from "./parse-action.ts";
import { presentAction } from "./present-action.ts";

const tags = ["Actions"];
type Params = Static<typeof ById>;

export function actionRoutes(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof NewActionBody> }>(
    "/actions",
    { schema: { summary: "Create an action", tags, body: NewActionBody, response: { 201: ActionView } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const fields = await parseAction(ctx, request.body);
      const { title, status } = request.body;
      const task = await createTask(ctx, {
        ...fields,
        title,
        status: statusOfWord(status ?? "pending"),
        assigneeUserId: fields.assigneeUserId ?? (await assigneeFor(request, fields.contactId ?? null)),
      });
      reply.code(201);
      return presentAction(task, ctx.now());
    },
  );
  for (const method of ["PUT", "PATCH"] as const) updateRoute(app, method);
}

function updateRoute(app: FastifyInstance, method: "PUT" | "PATCH"): void {
  app.route<{ Params: Params; Body: Static<typeof ActionBody> }>({
    method,
    url: "/actions/:id",
    schema: { summary: "Update an action", tags, params: ById, body: ActionBody, response: { 200: ActionView } },
    handler: async (request) => {
      const ctx = ctxOf(request);
      const id = readId(request.params.id, "task", "id");
      await requireListed(request, id);
      const status = await statusOf(ctx, id, request.body);
      const task = await updateTask(ctx, id, { ...(await parseAction(ctx, request.body)), ...status });
      return presentAction(task, ctx.now());
    },
  });
}

/** What the caller's list of actions does not show is not there for them either. */
async function requireListed(request: FastifyRequest, id: number): Promise<void> {
  const own = ownUserId(request);
  if (own !== undefined && (await getTask(ctxOf(request), id)).assigneeUserId !== own) throw notFound("task", id);
}

// A salesperson writes for himself; who writes for others means whose customer it is.
async function assigneeFor(request: FastifyRequest, contactId: number | null): Promise<number | null> {
  const own = ownUserId(request);
  if (own !== undefined) return own;
  const ctx = ctxOf(request);
  const owner = contactId === null ? null : (await getContact(ctx, contactId)).ownerUserId;
  return owner ?? actingUserId(ctx);
}
