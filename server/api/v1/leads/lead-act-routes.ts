import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { BulkOutcome } from "../../../../shared/v1/change-set.ts";
import { pageOf, paging } from "../../../../shared/v1/fields.ts";
import {
  Lead,
  LeadBulk,
  LeadConversion,
  LeadConverted,
  LeadMove,
  LeadOwner,
  LeadStageChange,
} from "../../../../shared/v1/lead.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { changeLeads } from "../../../domain/change-sets/change-leads.ts";
import { changeLeadStage } from "../../../domain/leads/change-lead-stage.ts";
import { convertLead } from "../../../domain/leads/convert-lead.ts";
import { listStageChanges } from "../../../domain/leads/list-stage-changes.ts";
import { updateLead } from "../../../domain/leads/update-lead.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentChangeSet } from "../change-sets/change-set-shapes.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById } from "../path-params.ts";
import { leadIdIn } from "./lead-id-in.ts";
import { parseConversion, parseLeadAction, parseLeadSelection } from "./parse-lead.ts";
import { presentLead, presentStageChange } from "./present-lead.ts";

const tags = ["leads"];
type Params = Static<typeof ById>;

export function leadActRoutes(app: FastifyInstance): void {
  stageRoutes(app);
  ownerRoute(app);
  convertRoute(app);
  bulkRoute(app);
}

function stageRoutes(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: Static<typeof LeadMove> }>(
    "/v1/leads/:id/stage",
    { schema: { summary: "Move a lead and its person", tags, params: ById, body: LeadMove, response: { 200: Lead } } },
    async (request, reply) => {
      const { stage, reason } = request.body;
      const options = { ...withoutUndefined({ reason }), ...ifMatch(request) };
      const lead = await changeLeadStage(
        ctxOf(request),
        await leadIdIn(ctxOf(request), request.params),
        stage,
        options,
      );
      return tagged(reply, presentLead(lead));
    },
  );
  const Query = Type.Object(paging);
  app.get<{ Params: Params; Querystring: Static<typeof Query> }>(
    "/v1/leads/:id/history",
    {
      schema: {
        ...{ summary: "How a lead came where it is, newest first", tags, params: ById, querystring: Query },
        response: { 200: pageOf(LeadStageChange) },
      },
    },
    async (request, reply) => {
      const query = { limit: limitOf(request.query), ...idCursor("lead_history", request.query.cursor) };
      const { items, next } = await listStageChanges(
        ctxOf(request),
        await leadIdIn(ctxOf(request), request.params),
        query,
      );
      const page = { items, next: cursorWord("lead_history", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentStageChange);
    },
  );
}

function ownerRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: Static<typeof LeadOwner> }>(
    "/v1/leads/:id/owner",
    { schema: { summary: "Give a lead to somebody", tags, params: ById, body: LeadOwner, response: { 200: Lead } } },
    async (request, reply) => {
      const { owner_user_id: ownerUserId, owner } = request.body;
      const patch = withoutUndefined({ ownerUserId, owner });
      const lead = await updateLead(
        ctxOf(request),
        await leadIdIn(ctxOf(request), request.params),
        patch,
        ifMatch(request),
      );
      return tagged(reply, presentLead(lead));
    },
  );
}

function convertRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: Static<typeof LeadConversion> }>(
    "/v1/leads/:id/convert",
    {
      schema: {
        ...{ summary: "Make a deal of a lead, once", tags, params: ById, body: LeadConversion },
        response: { 200: LeadConverted },
      },
    },
    async (request) => {
      const conversion = parseConversion(request.body);
      const id = await leadIdIn(ctxOf(request), request.params);
      const { lead, deal } = await convertLead(ctxOf(request), id, conversion, ifMatch(request));
      return { lead: presentLead(lead), deal_id: deal.id };
    },
  );
}

function bulkRoute(app: FastifyInstance): void {
  app.post<{ Body: LeadBulk }>(
    "/v1/leads/bulk",
    {
      schema: {
        ...{ summary: "Assign or move up to 10,000 leads at once", tags, body: LeadBulk },
        response: { 200: BulkOutcome },
      },
    },
    async (request) => {
      const action = parseLeadAction(request.body);
      const { changeSet, hasMore } = await changeLeads(ctxOf(request), parseLeadSelection(request.body), action);
      return { ...presentChangeSet(changeSet), has_more: hasMore };
    },
  );
}
