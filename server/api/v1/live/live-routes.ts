import type { FastifyInstance, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { Db } from "../../../db/connection.ts";
import { LiveHub } from "../../../domain/live/live-hub.ts";
import { credentialsOf, type Gate } from "../../http/authenticate-request.ts";
import { openEventStream } from "../../http/event-stream.ts";
import { principalOf } from "../../http/request-state.ts";
import { presentEvent } from "../events/present-event.ts";

const LiveQuery = Type.Object({
  last_event_id: Type.Optional(
    Type.String({ maxLength: 40, description: "As the Last-Event-ID header, for clients that cannot set one." }),
  ),
});

const description = `Server-sent events. \`event\` is the type, \`data\` the event as /v1/events gives it, \`id\` its place in the journal.
After a break send the last \`id\` as Last-Event-ID (a browser does so by itself): what was missed comes first, each event once and in
order. \`event: reset\` means that too much was missed (5,000 events or a day): load what you show anew and go on listening.`;

export type LiveRouteOptions = { db: Db; gate: Gate };

/** What happens in the company, as it happens. */
export function liveRoutes(app: FastifyInstance, { db, gate }: LiveRouteOptions): void {
  const hub = new LiveHub({
    db,
    present: presentEvent,
    onError: (error) => app.log.error({ err: error }, "following the journal failed"),
  });
  app.addHook("preClose", () => hub.close());
  app.get<{ Querystring: { last_event_id?: string } }>(
    "/v1/live",
    {
      schema: {
        summary: "What happens, as it happens",
        description,
        tags: ["events"],
        querystring: LiveQuery,
        response: {
          200: { description: "An endless stream.", content: { "text/event-stream": { schema: Type.String() } } },
        },
      },
    },
    async (request, reply) => {
      const viewer = principalOf(request);
      await hub.requireRoom(viewer.companyId);
      const sink = openEventStream(request, reply);
      const credentials = credentialsOf(request, gate.sessionCookieNames);
      const lastEventId = lastEventIdOf(request, request.query);
      if (sink) hub.listen({ viewer, sink, lastEventId, stillAdmitted: () => gate.authenticate(credentials) });
    },
  );
}

function lastEventIdOf(request: FastifyRequest, query: { last_event_id?: string }): string | undefined {
  const header = request.headers["last-event-id"];
  return (typeof header === "string" && header) || query.last_event_id || undefined;
}
