import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { countCommunications, listCommunications } from "../../../domain/activities/list-communications.ts";
import { logActivity } from "../../../domain/activities/log-activity.ts";
import { updateActivity } from "../../../domain/activities/update-activity.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById } from "../field-schemas.ts";
import { periodOf } from "../period.ts";
import { pageOfQuery, presentList } from "../present-list.ts";
import { customerIdIn } from "../read-ids.ts";
import {
  CommunicationBody,
  CommunicationList,
  CommunicationQuery,
  NewCommunicationBody,
  WrittenCommunication,
} from "./communication-schemas.ts";
import { typesOfWord } from "./communication-words.ts";
import { parseCommunication, parseNewCommunication } from "./parse-communication.ts";
import { presentCommunication, presentLogged } from "./present-communication.ts";

const tags = ["Communications"];
type Params = Static<typeof ById>;

export function communicationRoutes(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof NewCommunicationBody> }>(
    "/communications",
    {
      schema: {
        summary: "Log a communication",
        tags,
        body: NewCommunicationBody,
        response: { 201: WrittenCommunication },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const activity = await logActivity(ctx, await parseNewCommunication(ctx, request.body));
      reply.code(201);
      return presentLogged(ctx, activity);
    },
  );
  for (const method of ["PUT", "PATCH"] as const) updateRoute(app, method);
  listRoute(app);
}

function updateRoute(app: FastifyInstance, method: "PUT" | "PATCH"): void {
  app.route<{ Params: Params; Body: Static<typeof CommunicationBody> }>({
    method,
    url: "/communications/:id",
    schema: {
      summary: "Complete, cancel, move or correct a communication",
      tags,
      params: ById,
      body: CommunicationBody,
      response: { 200: WrittenCommunication },
    },
    handler: async (request) => {
      const ctx = ctxOf(request);
      const id = readId(request.params.id, "activity", "id");
      return presentLogged(ctx, await updateActivity(ctx, id, await parseCommunication(ctx, request.body)));
    },
  });
}

function listRoute(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof CommunicationQuery> }>(
    "/customers/:id/communications",
    {
      schema: {
        summary: "All communications with a customer, newest first",
        tags,
        params: ById,
        querystring: CommunicationQuery,
        response: { 200: CommunicationList },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { type, search } = request.query;
      const query = {
        contactId: customerIdIn(request.params.id, "id"),
        ...(type === undefined ? {} : { types: typesOfWord[type] }),
        ...(search?.trim() ? { search } : {}),
        ...periodOf(request.query),
        ...pageOfQuery(request.query),
      };
      const { items, next } = await listCommunications(ctx, query);
      const found = { items, hasMore: next !== null, total: () => countCommunications(ctx, query) };
      return presentList({ request, reply }, request.query, found, presentCommunication);
    },
  );
}
