import type { FastifyInstance, FastifyReply } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { countLeads, mostCounted } from "../../../domain/leads/count-leads.ts";
import type { LeadFilter } from "../../../domain/leads/lead-filter.ts";
import { listLeads } from "../../../domain/leads/list-leads.ts";
import { memberNamed } from "../../../domain/leads/resolve-owner.ts";
import { searchLeads } from "../../../domain/leads/search-leads.ts";
import { ctxOf } from "../../http/request-state.ts";
import { linkNext, pageOfQuery } from "../page-of-query.ts";
import { stagesOfStatus } from "../status-words.ts";
import { LeadList, LeadQuery } from "./lead-schemas.ts";
import { parseOwner } from "./parse-lead.ts";
import { presentLead } from "./present-lead.ts";

type Query = Static<typeof LeadQuery>;

export function leadListRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Query }>(
    "/api/crm/leads",
    {
      schema: {
        summary: "List leads, newest first",
        tags: ["Leads"],
        querystring: LeadQuery,
        response: { 200: LeadList },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { limit, offset, page } = pageOfQuery(request.query);
      const filter = await filterOf(ctx, request.query);
      const query = request.query.search?.trim();
      if (query) {
        const found = await searchLeads(ctx, { ...filter, query, limit, offset });
        tellTotal(reply, found.total);
        if (offset + found.items.length < found.total) linkNext(request, reply, page + 1);
        return found.items.map(presentLead);
      }
      const { items, next } = await listLeads(ctx, { ...filter, limit, offset });
      // Counting costs more than a page; who asks for pages wants to know how many there are.
      if (request.query.page !== undefined) tellTotal(reply, await countLeads(ctx, filter));
      if (next) linkNext(request, reply, page + 1);
      return items.map(presentLead);
    },
  );
}

function tellTotal(reply: FastifyReply, total: number): void {
  reply.header("x-total-count", total);
  if (total >= mostCounted) reply.header("x-total-count-capped", "true");
}

async function filterOf(ctx: Ctx, { status, leadOwner, source }: Query): Promise<LeadFilter> {
  const stages = status === undefined ? undefined : stagesOfStatus(status);
  return withoutUndefined({ stages, source: source?.trim() || undefined, ...(await ownerFilter(ctx, leadOwner)) });
}

async function ownerFilter(ctx: Ctx, said: string | undefined): Promise<LeadFilter> {
  if (!said?.trim()) return {};
  const { ownerUserId, owner } = parseOwner(said);
  if (ownerUserId) return { ownerUserId };
  const name = owner?.trim().replace(/\s+/g, " ") ?? "";
  const member = await memberNamed(ctx, name);
  return member === undefined ? { ownerName: name } : { ownerUserId: member };
}
