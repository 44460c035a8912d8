import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { Lead, LeadPatch, LeadQuery, NewLead } from "../../../../shared/v1/lead.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { createLead } from "../../../domain/leads/create-lead.ts";
import { deleteLead, restoreLead } from "../../../domain/leads/delete-lead.ts";
import { getLead } from "../../../domain/leads/get-lead.ts";
import { listLeads } from "../../../domain/leads/list-leads.ts";
import { searchLeads } from "../../../domain/leads/search-leads.ts";
import { updateLead } from "../../../domain/leads/update-lead.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseLeadPatch, parseNewLead } from "./parse-lead.ts";
import { presentLead } from "./present-lead.ts";

const tags = ["leads"];
type Params = Static<typeof ById>;

export function leadRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof LeadQuery> }>(
    "/v1/leads",
    { schema: { summary: "List leads", tags, querystring: LeadQuery, response: { 200: pageOf(Lead) } } },
    async (request, reply) => {
      const { q, stage, contact_id: contactId, owner_user_id: ownerUserId, source, cursor } = request.query;
      const filter = withoutUndefined({ stage, contactId, ownerUserId, source });
      const limit = limitOf(request.query);
      if (q !== undefined && q.trim() !== "") {
        const { items } = await searchLeads(ctxOf(request), { ...filter, query: q, limit });
        return presentPage(request, reply, { items, next: null }, presentLead);
      }
      const { items, next } = await listLeads(ctxOf(request), { ...filter, limit, ...timeCursor("leads", cursor) });
      const page = { items, next: cursorWord("leads", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentLead);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/leads/:id",
    { schema: { summary: "One lead", tags, params: ById, response: { 200: Lead } } },
    async (request, reply) => tagged(reply, presentLead(await getLead(ctxOf(request), idIn(request.params, "lead")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewLead }>(
    "/v1/leads",
    { schema: { summary: "Open a lead", tags, body: NewLead, response: { 201: Lead } } },
    async (request, reply) =>
      created(reply, "/v1/leads", presentLead(await createLead(ctxOf(request), parseNewLead(request.body)))),
  );
  app.patch<{ Params: Params; Body: LeadPatch }>(
    "/v1/leads/:id",
    { schema: { summary: "Edit a lead and its person", tags, params: ById, body: LeadPatch, response: { 200: Lead } } },
    async (request, reply) => {
      const id = idIn(request.params, "lead");
      const lead = await updateLead(ctxOf(request), id, parseLeadPatch(request.body), ifMatch(request));
      return tagged(reply, presentLead(lead));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/leads/:id",
    { schema: { summary: "Delete a lead with what was done in it", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteLead(ctxOf(request), idIn(request.params, "lead"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/leads/:id/restore",
    { schema: { summary: "Bring a deleted lead back", tags, params: ById, response: { 200: Lead } } },
    async (request, reply) =>
      tagged(reply, presentLead(await restoreLead(ctxOf(request), idIn(request.params, "lead")))),
  );
}
