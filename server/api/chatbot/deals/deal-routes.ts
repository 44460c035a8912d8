import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { requireContact } from "../../../domain/contacts/require-contact.ts";
import type { Ctx } from "../../../domain/context.ts";
import { createDeal } from "../../../domain/deals/create-deal.ts";
import { deleteDeal } from "../../../domain/deals/delete-deal.ts";
import { getDeal } from "../../../domain/deals/get-deal.ts";
import { listDeals } from "../../../domain/deals/list-deals.ts";
import { searchDeals } from "../../../domain/deals/search-deals.ts";
import { updateDeal } from "../../../domain/deals/update-deal.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, Done, success } from "../field-schemas.ts";
import { pageOfQuery } from "../page-of-query.ts";
import {
  DealBody,
  DealCreated,
  DealList,
  DealQuery,
  DealsOfContactQuery,
  NewDealBody,
  OneDeal,
} from "./deal-schemas.ts";
import { parseDeal, parseNewDeal, stageOfWord } from "./parse-deal.ts";
import { presentDeal } from "./present-deal.ts";

const tags = ["Deals"];

export function dealRoutes(app: FastifyInstance): void {
  listRoutes(app);
  app.post<{ Body: Static<typeof NewDealBody> }>(
    "/api/crm/deals",
    { schema: { summary: "Create a deal", tags, body: NewDealBody, response: { 201: DealCreated } } },
    async (request, reply) => {
      const { id } = await createDeal(ctxOf(request), parseNewDeal(request.body));
      reply.code(201);
      return { ...success("Deal created successfully"), deal_id: `deal_${id}` };
    },
  );
  app.get<{ Params: Static<typeof ById> }>(
    "/api/crm/deal/:id",
    { schema: { summary: "Read a deal", tags, params: ById, response: { 200: OneDeal } } },
    async (request) => {
      const deal = await getDeal(ctxOf(request), readId(request.params.id, "deal"));
      return { status: "success", data: presentDeal(deal) };
    },
  );
  app.put<{ Params: Static<typeof ById>; Body: Static<typeof DealBody> }>(
    "/api/crm/deal/:id",
    { schema: { summary: "Update a deal", tags, params: ById, body: DealBody, response: { 200: Done } } },
    async (request) => {
      await updateDeal(ctxOf(request), readId(request.params.id, "deal"), parseDeal(request.body));
      return success("Deal updated successfully");
    },
  );
  app.delete<{ Params: Static<typeof ById> }>(
    "/api/crm/deal/:id",
    { schema: { summary: "Delete a deal", tags, params: ById, response: { 200: Done } } },
    async (request) => {
      await deleteDeal(ctxOf(request), readId(request.params.id, "deal"));
      return success("Deal deleted successfully");
    },
  );
}

function listRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof DealQuery> }>(
    "/api/crm/deals",
    { schema: { summary: "List deals", tags, querystring: DealQuery, response: { 200: DealList } } },
    (request) => dealsOf(ctxOf(request), request.query, request.query.contact_id),
  );
  app.get<{ Params: Static<typeof ById>; Querystring: Static<typeof DealsOfContactQuery> }>(
    "/api/crm/contact/:id/deals",
    {
      schema: {
        summary: "List a contact's deals",
        tags,
        params: ById,
        querystring: DealsOfContactQuery,
        response: { 200: DealList },
      },
    },
    async (request) => {
      await requireContact(ctxOf(request), readId(request.params.id, "contact"));
      return dealsOf(ctxOf(request), request.query, request.params.id);
    },
  );
}

async function dealsOf(ctx: Ctx, query: Static<typeof DealsOfContactQuery>, contactId: string | undefined) {
  const filter = withoutUndefined({
    contactId: contactId === undefined ? undefined : readId(contactId, "contact"),
    stage: query.stage === undefined ? undefined : stageOfWord(query.stage),
  });
  const page = { ...filter, ...pageOfQuery(query) };
  const search = query.search?.trim();
  const deals = search ? await searchDeals(ctx, { query: search, ...page }) : (await listDeals(ctx, page)).items;
  return { status: "success", data: deals.map(presentDeal) };
}
