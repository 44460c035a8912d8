import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { NewService, OfferQuery, Service, ServicePatch } from "../../../../shared/v1/booking.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getService, listServices } from "../../../domain/booking/list-services.ts";
import { createService, updateService } from "../../../domain/booking/write-service.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseMoney } from "../present-money.ts";
import { presentService } from "./present-booking.ts";

const tags = ["booking"];
type Params = Static<typeof ById>;

export function serviceRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: OfferQuery }>(
    "/v1/services",
    { schema: { summary: "List services", tags, querystring: OfferQuery, response: { 200: pageOf(Service) } } },
    async (request, reply) => {
      const { active, cursor } = request.query;
      const { items, next } = await listServices(ctxOf(request), {
        ...withoutUndefined({ active }),
        limit: limitOf(request.query),
        ...idCursor("services", cursor),
      });
      const page = { items, next: cursorWord("services", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentService);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/services/:id",
    { schema: { summary: "One service", tags, params: ById, response: { 200: Service } } },
    async (request, reply) =>
      tagged(reply, presentService(await getService(ctxOf(request), idIn(request.params, "service")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewService }>(
    "/v1/services",
    { config: forManagers, schema: { summary: "Add a service", tags, body: NewService, response: { 201: Service } } },
    async (request, reply) => {
      const { name, duration_minutes: durationMinutes } = request.body;
      const service = await createService(ctxOf(request), { ...fieldsOf(request.body), name, durationMinutes });
      return created(reply, "/v1/services", presentService(service));
    },
  );
  app.patch<{ Params: Params; Body: ServicePatch }>(
    "/v1/services/:id",
    {
      config: forManagers,
      schema: { summary: "Edit a service", tags, params: ById, body: ServicePatch, response: { 200: Service } },
    },
    async (request, reply) => {
      const id = idIn(request.params, "service");
      const service = await updateService(ctxOf(request), id, fieldsOf(request.body), ifMatch(request));
      return tagged(reply, presentService(service));
    },
  );
}

function fieldsOf(body: ServicePatch) {
  return withoutUndefined({
    name: body.name,
    durationMinutes: body.duration_minutes,
    bufferMinutes: body.buffer_minutes,
    price: parseMoney(body.price),
    currency: body.currency,
    active: body.active,
  });
}
