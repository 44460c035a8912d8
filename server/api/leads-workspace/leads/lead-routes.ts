import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { DomainError } from "../../../domain/domain-error.ts";
import { changeLeadStage } from "../../../domain/leads/change-lead-stage.ts";
import { createLead } from "../../../domain/leads/create-lead.ts";
import { deleteLead } from "../../../domain/leads/delete-lead.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import { leadStory } from "../../../domain/leads/lead-story.ts";
import { updateLead } from "../../../domain/leads/update-lead.ts";
import { ctxOf } from "../../http/request-state.ts";
import { absentBodyIsEmpty } from "../absent-body-is-empty.ts";
import { LeadPath, Written } from "../field-schemas.ts";
import { leadOf, requireSameLead } from "../lead-of.ts";
import { stageOfStatus, statusOfStage } from "../status-words.ts";
import { LeadBody, LeadView, StatusBody, StatusQuery, StatusWritten } from "./lead-schemas.ts";
import { parseEdit, parseLead } from "./parse-lead.ts";
import { presentLead, presentStoryLine } from "./present-lead.ts";

const tags = ["Leads"];
/** A lead's page shows the newest of its story; more is in the lists of its mails, calls, tasks and notes. */
const storyLines = 500;

type Params = Static<typeof LeadPath>;

export function leadRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/api/crm/leads/:lead_id",
    { schema: { summary: "Read a lead", tags, params: LeadPath, response: { 200: LeadView } } },
    async (request) => {
      const ctx = ctxOf(request);
      const lead = await leadOf(ctx, request.params.lead_id);
      const story = await leadStory(ctx, lead, { limit: storyLines });
      return { ...presentLead(lead), activities: story.map(presentStoryLine) };
    },
  );
  app.post<{ Body: Static<typeof LeadBody> }>(
    "/api/crm/leads",
    { schema: { summary: "Create a lead", tags, body: LeadBody, response: { 200: Written } } },
    async (request) => written("Lead created successfully", await createLead(ctxOf(request), parseLead(request.body))),
  );
  app.put<{ Params: Params; Body: Static<typeof LeadBody> }>(
    "/api/crm/leads/:lead_id",
    { schema: { summary: "Update a lead", tags, params: LeadPath, body: LeadBody, response: { 200: Written } } },
    async (request) => {
      const ctx = ctxOf(request);
      const lead = await leadOf(ctx, request.params.lead_id);
      requireSameLead(lead, request.body);
      return written("Lead updated successfully", await updateLead(ctx, lead.id, parseEdit(lead, request.body)));
    },
  );
  app.delete<{ Params: Params }>(
    "/api/crm/leads/:lead_id",
    { schema: { summary: "Delete a lead and its data", tags, params: LeadPath, response: { 200: Written } } },
    async (request) => {
      const lead = await leadOf(ctxOf(request), request.params.lead_id);
      await deleteLead(ctxOf(request), lead.id);
      return written("Lead deleted successfully", lead);
    },
  );
  statusRoute(app);
}

type StatusRequest = { Params: Params; Querystring: Static<typeof StatusQuery>; Body: Static<typeof StatusBody> };

function statusRoute(app: FastifyInstance): void {
  const schema = { params: LeadPath, querystring: StatusQuery, body: StatusBody, response: { 200: StatusWritten } };
  app.put<StatusRequest>(
    "/api/crm/leads/:lead_id/status",
    { schema: { summary: "Update a lead's status", tags, ...schema }, preValidation: absentBodyIsEmpty },
    changeStatus,
  );
}

/** The new status stands in the query or in the body. */
async function changeStatus(request: FastifyRequest<StatusRequest>) {
  const status = request.body.status ?? request.query.status;
  const part = "query" as const;
  if (status === undefined)
    throw new DomainError({ kind: "invalid", problems: [{ path: "status", message: "status is required", part }] });
  const ctx = ctxOf(request);
  const lead = await leadOf(ctx, request.params.lead_id);
  requireSameLead(lead, request.body);
  const reason = withoutUndefined({ reason: request.body.reason || undefined });
  // Several stages read as one status: who sends the one that stands moves nothing, as in a PUT of the whole lead.
  const isThere = statusOfStage[lead.stage] === status;
  const moved = isThere ? lead : await changeLeadStage(ctx, lead.id, stageOfStatus[status], reason);
  return { ...written("Lead status updated successfully", moved), status: statusOfStage[moved.stage] };
}

function written(message: string, lead: Lead): Static<typeof Written> {
  return { message, id: String(lead.id), lead_id: leadCode(lead.number) };
}
