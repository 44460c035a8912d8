import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { listActivities } from "../../../domain/activities/list-activities.ts";
import { logActivity, type NewActivity } from "../../../domain/activities/log-activity.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, Done, success } from "../field-schemas.ts";
import { pageOfQuery } from "../page-of-query.ts";
import { ActivityBody, ActivityList, ActivityQuery } from "./activity-schemas.ts";
import { presentActivity } from "./present-activity.ts";

const tags = ["Activities"];

export function activityRoutes(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ById>; Querystring: Static<typeof ActivityQuery> }>(
    "/api/crm/contact/:id/activities",
    {
      schema: {
        summary: "List a contact's activities",
        tags,
        params: ById,
        querystring: ActivityQuery,
        response: { 200: ActivityList },
      },
    },
    async (request) => {
      const contactId = readId(request.params.id, "contact");
      const search = request.query.search?.trim();
      const page = await listActivities(ctxOf(request), {
        ...{ contactId, withoutType: "note", ...pageOfQuery(request.query) },
        ...(search ? { search } : {}),
      });
      return { status: "success", data: page.items.map(presentActivity) };
    },
  );
  app.post<{ Body: Static<typeof ActivityBody> }>(
    "/api/crm/activity",
    { schema: { summary: "Log an activity", tags, body: ActivityBody, response: { 201: Done } } },
    async (request, reply) => {
      await logActivity(ctxOf(request), parseActivity(request.body));
      reply.code(201);
      return success("Activity logged successfully");
    },
  );
}

function parseActivity(body: Static<typeof ActivityBody>): NewActivity {
  return withoutUndefined({
    contactId: readId(body.contact_id, "contact"),
    dealId: typeof body.deal_id === "string" || typeof body.deal_id === "number" ? readId(body.deal_id, "deal") : null,
    activityType: body.activity_type,
    title: body.title,
    description: body.description,
    durationMinutes: body.duration_minutes,
    outcome: body.outcome,
  });
}
