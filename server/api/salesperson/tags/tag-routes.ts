import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { countTaggedCustomers, listTaggedCustomers } from "../../../domain/customers/list-tagged-customers.ts";
import { addContactTag, removeContactTag } from "../../../domain/tags/contact-tag.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, Done } from "../field-schemas.ts";
import { pageOfQuery, presentList } from "../present-list.ts";
import { customerIdIn, idText } from "../read-ids.ts";
import { notForSecretariat } from "../roles.ts";
import { CustomerTagView } from "./customer-tag-view.ts";
import { presentCustomerTag, presentTaggedCustomer } from "./present-tag.ts";
import { ByTagId, NewTagBody, TaggedCustomers, TaggedQuery } from "./tag-schemas.ts";
import { tagChoiceOf, tagOf } from "./tag-word.ts";

const tags = ["Tags"];
type Params = Static<typeof ById>;

export function tagRoutes(app: FastifyInstance): void {
  addRoute(app);
  removeRoute(app);
  listRoute(app);
}

function addRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: Static<typeof NewTagBody> }>(
    "/customers/:id/tags",
    {
      onRequest: notForSecretariat,
      schema: {
        summary: "Put a tag on a customer, with notes; one that is there already is answered with 200",
        tags,
        params: ById,
        body: NewTagBody,
        response: { 200: CustomerTagView, 201: CustomerTagView },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const contactId = customerIdIn(request.params.id, "id");
      const { tagId, notes } = request.body;
      const choice = await tagChoiceOf(ctx, tagId);
      const { tag, isNew } = await addContactTag(ctx, contactId, { ...choice, ...(notes ? { notes } : {}) });
      reply.code(isNew ? 201 : 200);
      return presentCustomerTag(tag, contactId);
    },
  );
}

function removeRoute(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/customer-tags/:id",
    {
      onRequest: notForSecretariat,
      schema: { summary: "Take a tag off a customer", tags, params: ById, response: { 200: Done } },
    },
    async (request) => {
      const id = readId(request.params.id, "customer_tag", "id");
      await removeContactTag(ctxOf(request), id);
      return { id: idText(id), message: "Tag removed from customer" };
    },
  );
}

function listRoute(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ByTagId>; Querystring: Static<typeof TaggedQuery> }>(
    "/tags/:tagId/customers",
    {
      onRequest: notForSecretariat,
      schema: {
        summary: "Customers with a tag",
        tags,
        params: ByTagId,
        querystring: TaggedQuery,
        response: { 200: TaggedCustomers },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { search, assignedSalesId } = request.query;
      const query = {
        tagId: (await tagOf(ctx, request.params.tagId)).id,
        ...pageOfQuery(request.query),
        ...(search?.trim() ? { search } : {}),
        ...(assignedSalesId ? { ownerUserId: readId(assignedSalesId, "user", "assignedSalesId") } : {}),
      };
      const { items, next } = await listTaggedCustomers(ctx, query);
      const found = { items, hasMore: next !== null, total: () => countTaggedCustomers(ctx, query) };
      return presentList({ request, reply }, request.query, found, presentTaggedCustomer);
    },
  );
}
