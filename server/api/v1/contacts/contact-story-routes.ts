import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Event, TimelineQuery } from "../../../../shared/v1/event.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { LeadScore } from "../../../../shared/v1/lead.ts";
import { listTimeline } from "../../../domain/events/list-timeline.ts";
import { calculateLeadScore, getLeadScore } from "../../../domain/scoring/lead-score.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentEvent, typesOf } from "../events/present-event.ts";
import { presentLeadScore } from "../leads/present-lead.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["contacts"];
type Params = Static<typeof ById>;

/** What happened with one person, and what their score rests on. */
export function contactStoryRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof TimelineQuery> }>(
    "/v1/contacts/:id/timeline",
    {
      schema: {
        summary: "A person's timeline",
        tags,
        params: ById,
        querystring: TimelineQuery,
        response: { 200: pageOf(Event) },
      },
    },
    async (request, reply) => {
      const { items, next } = await listTimeline(ctxOf(request), idIn(request.params, "contact"), {
        limit: limitOf(request.query),
        types: typesOf(request.query),
        ...timeCursor("timeline", request.query.cursor),
      });
      const page = { items, next: cursorWord("timeline", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentEvent);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/contacts/:id/score",
    { schema: { summary: "A person's lead score, explained", tags, params: ById, response: { 200: LeadScore } } },
    async (request) => presentLeadScore(await getLeadScore(ctxOf(request), idIn(request.params, "contact"))),
  );
  app.post<{ Params: Params }>(
    "/v1/contacts/:id/score",
    { schema: { summary: "Compute a person's lead score anew", tags, params: ById, response: { 200: LeadScore } } },
    async (request) => presentLeadScore(await calculateLeadScore(ctxOf(request), idIn(request.params, "contact"))),
  );
}
