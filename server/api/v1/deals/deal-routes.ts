import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Deal, DealPatch, DealQuery, NewDeal } from "../../../../shared/v1/deal.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { createDeal } from "../../../domain/deals/create-deal.ts";
import { deleteDeal, restoreDeal } from "../../../domain/deals/delete-deal.ts";
import { getDeal } from "../../../domain/deals/get-deal.ts";
import { listDeals } from "../../../domain/deals/list-deals.ts";
import { updateDeal } from "../../../domain/deals/update-deal.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseDealPatch, parseNewDeal } from "./parse-deal.ts";
import { presentDeal } from "./present-deal.ts";

const tags = ["deals"];
type Params = Static<typeof ById>;

export function dealRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: DealQuery }>(
    "/v1/deals",
    { schema: { summary: "List deals", tags, querystring: DealQuery, response: { 200: pageOf(Deal) } } },
    async (request, reply) => {
      const { contact_id: contactId, stage, pipeline_id: pipelineId, stage_id: stageId, cursor } = request.query;
      const { items, next } = await listDeals(ctxOf(request), {
        ...withoutUndefined({ contactId, stage, pipelineId, stageId }),
        limit: limitOf(request.query),
        ...timeCursor("deals", cursor),
      });
      const page = { items, next: cursorWord("deals", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentDeal);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/deals/:id",
    { schema: { summary: "One deal", tags, params: ById, response: { 200: Deal } } },
    async (request, reply) => tagged(reply, presentDeal(await getDeal(ctxOf(request), idIn(request.params, "deal")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewDeal }>(
    "/v1/deals",
    { schema: { summary: "Open a deal", tags, body: NewDeal, response: { 201: Deal } } },
    async (request, reply) =>
      created(reply, "/v1/deals", presentDeal(await createDeal(ctxOf(request), parseNewDeal(request.body)))),
  );
  app.patch<{ Params: Params; Body: DealPatch }>(
    "/v1/deals/:id",
    { schema: { summary: "Edit or move a deal", tags, params: ById, body: DealPatch, response: { 200: Deal } } },
    async (request, reply) => {
      const id = idIn(request.params, "deal");
      const patch = parseDealPatch(request.body);
      return tagged(reply, presentDeal(await updateDeal(ctxOf(request), id, patch, ifMatch(request))));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/deals/:id",
    { schema: { summary: "Delete a deal", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteDeal(ctxOf(request), idIn(request.params, "deal"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/deals/:id/restore",
    { schema: { summary: "Bring a deleted deal back", tags, params: ById, response: { 200: Deal } } },
    async (request, reply) =>
      tagged(reply, presentDeal(await restoreDeal(ctxOf(request), idIn(request.params, "deal")))),
  );
}
