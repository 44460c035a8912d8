import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import {
  Activity,
  ActivityPatch,
  ActivityQuery,
  NewActivity,
  WrittenActivity,
} from "../../../../shared/v1/activity.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { deleteActivity, restoreActivity } from "../../../domain/activities/delete-activity.ts";
import { getActivity } from "../../../domain/activities/get-activity.ts";
import { listActivities } from "../../../domain/activities/list-activities.ts";
import { logActivity } from "../../../domain/activities/log-activity.ts";
import { updateActivity } from "../../../domain/activities/update-activity.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseActivityPatch, parseNewActivity, presentActivity, presentWritten } from "./activity-shapes.ts";

const tags = ["activities"];
type Params = Static<typeof ById>;

export function activityRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: ActivityQuery }>(
    "/v1/activities",
    { schema: { summary: "List activities", tags, querystring: ActivityQuery, response: { 200: pageOf(Activity) } } },
    async (request, reply) => {
      const { contact_id: contactId, activity_type: activityType, cursor } = request.query;
      const { items, next } = await listActivities(ctxOf(request), {
        ...withoutUndefined({ contactId, activityType }),
        limit: limitOf(request.query),
        ...timeCursor("activities", cursor),
      });
      const page = { items, next: cursorWord("activities", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentActivity);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/activities/:id",
    { schema: { summary: "One activity", tags, params: ById, response: { 200: Activity } } },
    async (request, reply) =>
      tagged(reply, presentActivity(await getActivity(ctxOf(request), idIn(request.params, "activity")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewActivity }>(
    "/v1/activities",
    { schema: { summary: "Log an activity", tags, body: NewActivity, response: { 201: WrittenActivity } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const activity = await logActivity(ctx, parseNewActivity(request.body));
      return created(reply, "/v1/activities", await presentWritten(ctx, activity));
    },
  );
  app.patch<{ Params: Params; Body: ActivityPatch }>(
    "/v1/activities/:id",
    {
      schema: {
        summary: "Correct an activity",
        tags,
        params: ById,
        body: ActivityPatch,
        response: { 200: WrittenActivity },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const id = idIn(request.params, "activity");
      const patch = parseActivityPatch(request.body);
      return tagged(reply, await presentWritten(ctx, await updateActivity(ctx, id, patch, ifMatch(request))));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/activities/:id",
    { schema: { summary: "Delete an activity", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteActivity(ctxOf(request), idIn(request.params, "activity"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/activities/:id/restore",
    { schema: { summary: "Bring a deleted activity back", tags, params: ById, response: { 200: Activity } } },
    async (request, reply) =>
      tagged(reply, presentActivity(await restoreActivity(ctxOf(request), idIn(request.params, "activity")))),
  );
}
