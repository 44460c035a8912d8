import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { countTasks, listTasksByDueTime } from "../../../domain/tasks/list-tasks-by-due-time.ts";
import { ctxOf } from "../../http/request-state.ts";
import { pageOfQuery, presentList } from "../present-list.ts";
import { customerIdIn } from "../read-ids.ts";
import { salespersonAsked } from "../roles.ts";
import { ActionList, ActionQuery, PendingQuery } from "./action-schemas.ts";
import { stateOfFilter } from "./action-words.ts";
import { presentAction } from "./present-action.ts";

const tags = ["Actions"];
type Query = Static<typeof ActionQuery>;

export function actionListRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Query }>(
    "/actions",
    {
      schema: {
        summary: "Actions by their due date; a salesperson's own",
        tags,
        querystring: ActionQuery,
        response: { 200: ActionList },
      },
    },
    (request, reply) => actionsOf(request, reply, request.query),
  );
  app.get<{ Querystring: Static<typeof PendingQuery> }>(
    "/actions/pending",
    {
      schema: {
        summary: "What is still to be done, next due first",
        tags,
        querystring: PendingQuery,
        response: { 200: ActionList },
      },
    },
    (request, reply) => actionsOf(request, reply, { ...request.query, status: "pending" }),
  );
}

async function actionsOf(request: FastifyRequest, reply: FastifyReply, asked: Query) {
  const ctx = ctxOf(request);
  const { status, priority, customerId, assignedSalesId, search } = asked;
  const { limit, offset } = pageOfQuery(asked);
  const query = {
    ...withoutUndefined({
      status: status && stateOfFilter(status),
      priority,
      contactId: customerId ? customerIdIn(customerId) : undefined,
      assigneeUserId: salespersonAsked(request, assignedSalesId).userId,
      search: search?.trim() || undefined,
    }),
    ...{ limit, offset },
  };
  const tasks = await listTasksByDueTime(ctx, query);
  const items = tasks.slice(0, limit);
  const found = { items, hasMore: tasks.length > limit, total: () => countTasks(ctx, query) };
  return presentList({ request, reply }, asked, found, (task) => presentAction(task, ctx.now()));
}
