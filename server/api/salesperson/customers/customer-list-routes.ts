import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { countFollowUps, listFollowUps } from "../../../domain/customers/list-follow-ups.ts";
import { countRepeatCustomers, listRepeatCustomers } from "../../../domain/customers/list-repeat-customers.ts";
import { ctxOf } from "../../http/request-state.ts";
import { pageOfQuery, presentList } from "../present-list.ts";
import { notForSecretariat, salespersonAsked } from "../roles.ts";
import { CustomerQuery, FollowUpQuery, ListedCustomers } from "./customer-list-schemas.ts";
import { presentCustomer } from "./present-customer.ts";

const tags = ["Customers"];
const usualThreshold = 30;
type Query = Static<typeof CustomerQuery>;

export function customerListRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Query }>(
    "/customers/repeat",
    {
      onRequest: notForSecretariat,
      schema: {
        summary: "Repeat customers, most visits first; a salesperson's own",
        tags,
        querystring: CustomerQuery,
        response: { 200: ListedCustomers },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const query = listOf(request, request.query);
      const { items, next } = await listRepeatCustomers(ctx, query);
      const found = { items, hasMore: next !== null, total: () => countRepeatCustomers(ctx, query) };
      return presentList({ request, reply }, request.query, found, presentCustomer);
    },
  );
  app.get<{ Querystring: Static<typeof FollowUpQuery> }>(
    "/customers/follow-up",
    {
      schema: {
        summary: "Customers never contacted, or not within the threshold; a salesperson's own",
        tags,
        querystring: FollowUpQuery,
        response: { 200: ListedCustomers },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { daysThreshold = usualThreshold } = request.query;
      const query = { ...listOf(request, request.query), daysThreshold };
      const { items, next } = await listFollowUps(ctx, query);
      const found = { items, hasMore: next !== null, total: () => countFollowUps(ctx, query) };
      return presentList({ request, reply }, request.query, found, presentCustomer);
    },
  );
}

function listOf(request: FastifyRequest, query: Query) {
  const { userId } = salespersonAsked(request, query.assignedSalesId);
  return {
    ...pageOfQuery(query),
    ...(userId === undefined ? {} : { ownerUserId: userId }),
    ...(query.search?.trim() ? { search: query.search } : {}),
  };
}
