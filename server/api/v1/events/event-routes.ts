import type { FastifyInstance } from "fastify";
import { Event, EventQuery } from "../../../../shared/v1/event.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { listEvents } from "../../../domain/events/list-events.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { presentEvent, typesOf } from "./present-event.ts";

/** The journal: everything that was done in the company, by whom. */
export function eventRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: EventQuery }>(
    "/v1/events",
    { schema: { summary: "The journal", tags: ["events"], querystring: EventQuery, response: { 200: pageOf(Event) } } },
    async (request, reply) => {
      const { items, next } = await listEvents(ctxOf(request), {
        limit: limitOf(request.query),
        types: typesOf(request.query),
        ...subjectOf(request.query),
        ...idCursor("events", request.query.cursor),
      });
      const page = { items, next: cursorWord("events", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentEvent);
    },
  );
}

function subjectOf({ subject_kind: kind, subject_id: id }: EventQuery): { subject?: { kind: string; id: number } } {
  if (kind === undefined && id === undefined) return {};
  if (kind === undefined || id === undefined) throw invalid("subjectKind", "subject_kind and subject_id go together");
  return { subject: { kind, id } };
}
