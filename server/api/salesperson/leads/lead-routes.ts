import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { countLeads } from "../../../domain/leads/count-leads.ts";
import { createLead } from "../../../domain/leads/create-lead.ts";
import { getLead } from "../../../domain/leads/get-lead.ts";
import { listLeads } from "../../../domain/leads/list-leads.ts";
import { searchLeads } from "../../../domain/leads/search-leads.ts";
import { updateLead } from "../../../domain/leads/update-lead.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById } from "../field-schemas.ts";
import { pageOfQuery, presentList } from "../present-list.ts";
import { customerIdIn, leadIdIn } from "../read-ids.ts";
import { LeadBody, LeadList, LeadQuery, LeadView, NewLeadBody } from "./lead-schemas.ts";
import { stageOfWord, stagesOfFilter } from "./lead-words.ts";
import { parseLead, stageOf } from "./parse-lead.ts";
import { presentLead } from "./present-lead.ts";

const tags = ["Leads"];
type Params = Static<typeof ById>;

export function leadRoutes(app: FastifyInstance): void {
  createRoute(app);
  listRoute(app);
  for (const method of ["PATCH", "PUT"] as const) updateRoute(app, method);
}

function createRoute(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof NewLeadBody> }>(
    "/leads",
    { schema: { summary: "Create a lead", tags, body: NewLeadBody, response: { 201: LeadView } } },
    async (request, reply) => {
      const { customerId, status } = request.body;
      const lead = await createLead(ctxOf(request), {
        ...parseLead(request.body),
        stage: stageOfWord(status ?? "new"),
        ...(customerId === undefined ? {} : { contactId: customerIdIn(customerId) }),
      });
      reply.code(201);
      return presentLead(lead);
    },
  );
}

function listRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof LeadQuery> }>(
    "/leads",
    { schema: { summary: "Leads, newest first", tags, querystring: LeadQuery, response: { 200: LeadList } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { status, assignedSalesId, source, search } = request.query;
      const page = pageOfQuery(request.query);
      const filter = withoutUndefined({
        stages: status && stagesOfFilter(status),
        ownerUserId: assignedSalesId ? readId(assignedSalesId, "user", "assignedSalesId") : undefined,
        source: source || undefined,
      });
      if (search?.trim()) {
        const { items, total } = await searchLeads(ctx, { ...filter, ...page, query: search });
        const found = { items, hasMore: page.offset + items.length < total, total: async () => total };
        return presentList({ request, reply }, request.query, found, presentLead);
      }
      const { items, next } = await listLeads(ctx, { ...filter, ...page });
      const found = { items, hasMore: next !== null, total: () => countLeads(ctx, filter) };
      return presentList({ request, reply }, request.query, found, presentLead);
    },
  );
}

function updateRoute(app: FastifyInstance, method: "PATCH" | "PUT"): void {
  app.route<{ Params: Params; Body: Static<typeof LeadBody> }>({
    method,
    url: "/leads/:id",
    schema: { summary: "Update a lead", tags, params: ById, body: LeadBody, response: { 200: LeadView } },
    handler: async (request) => {
      const ctx = ctxOf(request);
      const id = await leadIdIn(ctx, request.params.id);
      const stage = stageOf(await getLead(ctx, id), request.body);
      return presentLead(await updateLead(ctx, id, { ...parseLead(request.body), ...stage }));
    },
  });
}
