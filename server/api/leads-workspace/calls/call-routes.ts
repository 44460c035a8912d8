import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { memberNames } from "../../../domain/accounts/member-names.ts";
import { logActivity } from "../../../domain/activities/log-activity.ts";
import { actingUserId } from "../../../domain/context.ts";
import { leadCode } from "../../../domain/leads/lead.ts";
import { callsOfLead } from "../../../domain/leads/lead-lists.ts";
import { ctxOf } from "../../http/request-state.ts";
import { LeadPath, leadInBody, NullableText, PageQuery, Written } from "../field-schemas.ts";
import { inWordsOf } from "../in-words-of.ts";
import { leadOf, requireSameLead } from "../lead-of.ts";
import { pageOfQuery, readPage } from "../page-of-query.ts";
import { callStatusOf, callStatusWords, callTypeWords, directionOf } from "./call-words.ts";
import { CallView, presentCall } from "./present-call.ts";

const tags = ["Calls"];
type Params = Static<typeof LeadPath>;

const CallBody = Type.Object({
  ...leadInBody,
  type: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], enum: [...callTypeWords, null] })),
  duration: Type.Optional(Type.Unsafe<number | null>({ type: ["number", "null"], minimum: 0, description: "Seconds" })),
  from: Type.Optional(NullableText),
  to: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  status: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], enum: [...callStatusWords, null] })),
  notes: Type.Optional(NullableText),
  recordingUrl: Type.Optional(NullableText),
  timestamp: Type.Optional(NullableText),
});

type LogRequest = { Params: Params; Body: Static<typeof CallBody> };

export function callRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof PageQuery> }>(
    "/api/crm/leads/:lead_id/calls",
    {
      schema: {
        ...{ summary: "List a lead's calls, newest first", tags, params: LeadPath, querystring: PageQuery },
        response: { 200: Type.Array(CallView) },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const lead = await leadOf(ctx, request.params.lead_id);
      const calls = await readPage({ request, reply }, pageOfQuery(request.query), (page) =>
        callsOfLead(ctx, lead, page),
      );
      const names = await memberNames(
        ctx,
        calls.map(({ userId }) => userId),
      );
      return calls.map((call) => presentCall(lead, call, names));
    },
  );
  app.post<LogRequest>(
    "/api/crm/leads/:lead_id/calls",
    {
      schema: { summary: "Log a call with a lead", tags, params: LeadPath, body: CallBody, response: { 200: Written } },
    },
    log,
  );
}

async function log(request: FastifyRequest<LogRequest>): Promise<Static<typeof Written>> {
  const ctx = ctxOf(request);
  const { body } = request;
  const lead = await leadOf(ctx, request.params.lead_id);
  requireSameLead(lead, body);
  const direction = directionOf(body.type);
  const userId = actingUserId(ctx);
  const me = userId === null ? undefined : (await memberNames(ctx, [userId])).get(userId);
  const [from, to] = direction === "outgoing" ? [me, lead.contactName] : [lead.contactName, me];
  const call = {
    ...{ contactId: lead.contactId, leadId: lead.id, title: titles[direction], direction },
    ...{ description: body.notes || null, status: callStatusOf(body.status, direction) },
    ...{ durationSeconds: body.duration ?? 0, fromName: body.from || from || null, toName: body.to || to || null },
    ...{ phone: body.phone || lead.phone, recordingUrl: body.recordingUrl || null },
    ...withoutUndefined({ occurredAt: body.timestamp || undefined }),
  };
  const { id } = await inWordsOf(namesOfCall, () => logActivity(ctx, { ...call, activityType: "call" }));
  return { message: "Call logged successfully", id: String(id), lead_id: leadCode(lead.number) };
}

// A lead's phone is its `mobile`, a call's is `phone`.
const namesOfCall = { phone: "phone", fromName: "from", toName: "to" };
const titles = { outgoing: "Outbound Call", incoming: "Inbound Call", missed: "Missed Call" } as const;
