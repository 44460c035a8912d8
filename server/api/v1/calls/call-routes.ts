import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Activity } from "../../../../shared/v1/activity.ts";
import { CallPatch, CallQuery, NewCall } from "../../../../shared/v1/call.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getActivity } from "../../../domain/activities/get-activity.ts";
import { listActivities } from "../../../domain/activities/list-activities.ts";
import { logActivity } from "../../../domain/activities/log-activity.ts";
import { updateActivity } from "../../../domain/activities/update-activity.ts";
import type { Ctx } from "../../../domain/context.ts";
import { notFound } from "../../../domain/domain-error.ts";
import { ctxOf } from "../../http/request-state.ts";
import { parseActivityPatch, presentActivity } from "../activities/activity-shapes.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["calls"];
type Params = Static<typeof ById>;

/** Calls made, missed and planned: the activities of that type. */
export function callRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: CallQuery }>(
    "/v1/calls",
    { schema: { summary: "List calls", tags, querystring: CallQuery, response: { 200: pageOf(Activity) } } },
    async (request, reply) => {
      const { contact_id: contactId, cursor } = request.query;
      const { items, next } = await listActivities(ctxOf(request), {
        ...withoutUndefined({ contactId }),
        activityType: "call",
        limit: limitOf(request.query),
        ...timeCursor("calls", cursor),
      });
      const page = { items, next: cursorWord("calls", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentActivity);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/calls/:id",
    { schema: { summary: "One call", tags, params: ById, response: { 200: Activity } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      return tagged(reply, presentActivity(await callOf(ctx, idIn(request.params, "activity"))));
    },
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewCall }>(
    "/v1/calls",
    { schema: { summary: "Log or plan a call", tags, body: NewCall, response: { 201: Activity } } },
    async (request, reply) => {
      const { contact_id: contactId, task_id: taskId, title = "Call" } = request.body;
      const call = await logActivity(ctxOf(request), {
        ...parseActivityPatch(request.body),
        ...withoutUndefined({ taskId }),
        ...{ contactId, title, activityType: "call" },
      });
      return created(reply, "/v1/calls", presentActivity(call));
    },
  );
  app.patch<{ Params: Params; Body: CallPatch }>(
    "/v1/calls/:id",
    {
      schema: {
        summary: "Complete, cancel, move or correct a call",
        tags,
        params: ById,
        body: CallPatch,
        response: { 200: Activity },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { id } = await callOf(ctx, idIn(request.params, "activity"));
      const patch = parseActivityPatch(request.body);
      return tagged(reply, presentActivity(await updateActivity(ctx, id, patch, ifMatch(request))));
    },
  );
}

async function callOf(ctx: Ctx, activityId: number) {
  const activity = await getActivity(ctx, activityId);
  if (activity.activityType !== "call") throw notFound("call", activityId);
  return activity;
}
