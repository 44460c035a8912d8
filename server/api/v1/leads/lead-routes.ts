import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { Lead, LeadQuery } from "../../../../shared/v1/lead.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getLead } from "../../../domain/leads/get-lead.ts";
import { listLeads } from "../../../domain/leads/list-leads.ts";
import { ctxOf } from "../../http/request-state.ts";
import { tagged } from "../entity-tag.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentLead } from "./present-lead.ts";

const tags = ["leads"];

/** Leads are read here; a person's stage is what moves them. */
export function leadRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof LeadQuery> }>(
    "/v1/leads",
    { schema: { summary: "List leads", tags, querystring: LeadQuery, response: { 200: pageOf(Lead) } } },
    async (request, reply) => {
      const { stage, contact_id: contactId, cursor } = request.query;
      const { items, next } = await listLeads(ctxOf(request), {
        ...withoutUndefined({ stage, contactId }),
        limit: limitOf(request.query),
        ...timeCursor("leads", cursor),
      });
      const page = { items, next: cursorWord("leads", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentLead);
    },
  );
  app.get<{ Params: Static<typeof ById> }>(
    "/v1/leads/:id",
    { schema: { summary: "One lead", tags, params: ById, response: { 200: Lead } } },
    async (request, reply) => tagged(reply, presentLead(await getLead(ctxOf(request), idIn(request.params, "lead")))),
  );
}
