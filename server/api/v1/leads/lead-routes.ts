import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { Lead, LeadCount, LeadCountQuery, LeadPatch, LeadQuery, NewLead } from "../../../../shared/v1/lead.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { countLeads } from "../../../domain/leads/count-leads.ts";
import { createLead } from "../../../domain/leads/create-lead.ts";
import { deleteLead, restoreLead } from "../../../domain/leads/delete-lead.ts";
import { getLead } from "../../../domain/leads/get-lead.ts";
import { listLeads } from "../../../domain/leads/list-leads.ts";
import { searchLeads } from "../../../domain/leads/search-leads.ts";
import { updateLead } from "../../../domain/leads/update-lead.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById } from "../path-params.ts";
import { leadIdIn } from "./lead-id-in.ts";
import { parseLeadPatch, parseNewLead } from "./parse-lead.ts";
import { presentLead } from "./present-lead.ts";

const tags = ["leads"];
type Params = Static<typeof ById>;

export function leadRoutes(app: FastifyInstance): void {
  listRoutes(app);
  readRoute(app);
  writeRoutes(app);
  removalRoutes(app);
}

function listRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof LeadQuery> }>(
    "/v1/leads",
    { schema: { summary: "List leads", tags, querystring: LeadQuery, response: { 200: pageOf(Lead) } } },
    async (request, reply) => {
      const { q, stage, contact_id: contactId, owner_user_id: ownerUserId, source, cursor } = request.query;
      const filter = withoutUndefined({ stage, contactId, ownerUserId, source });
      const limit = limitOf(request.query);
      if (q !== undefined && q.trim() !== "") {
        const { cursor: offset = 0 } = idCursor("leads.found", cursor);
        const { items, total } = await searchLeads(ctxOf(request), { ...filter, query: q, limit, offset });
        const next = offset + items.length;
        const found = { items, next: cursorWord("leads.found", next < total ? [null, next] : null) };
        return presentPage(request, reply, found, presentLead);
      }
      const { items, next } = await listLeads(ctxOf(request), { ...filter, limit, ...timeCursor("leads", cursor) });
      const page = { items, next: cursorWord("leads", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentLead);
    },
  );
  app.get<{ Querystring: Static<typeof LeadCountQuery> }>(
    "/v1/leads/count",
    {
      schema: {
        summary: "How many leads a filter finds",
        tags,
        querystring: LeadCountQuery,
        response: { 200: LeadCount },
      },
    },
    async (request) => {
      const { stage, owner_user_id: ownerUserId, source } = request.query;
      return { count: await countLeads(ctxOf(request), withoutUndefined({ stage, ownerUserId, source })) };
    },
  );
}

function readRoute(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/leads/:id",
    { schema: { summary: "One lead", tags, params: ById, response: { 200: Lead } } },
    async (request, reply) =>
      tagged(reply, presentLead(await getLead(ctxOf(request), await leadIdIn(ctxOf(request), request.params)))),
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
      const id = await leadIdIn(ctxOf(request), request.params);
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
      await deleteLead(ctxOf(request), await leadIdIn(ctxOf(request), request.params), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/leads/:id/restore",
    { schema: { summary: "Bring a deleted lead back", tags, params: ById, response: { 200: Lead } } },
    async (request, reply) =>
      tagged(reply, presentLead(await restoreLead(ctxOf(request), await leadIdIn(ctxOf(request), request.params)))),
  );
}
