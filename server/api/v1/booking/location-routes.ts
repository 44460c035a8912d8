import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Location, LocationPatch, NewLocation, OfferQuery } from "../../../../shared/v1/booking.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getLocation, listLocations } from "../../../domain/booking/list-locations.ts";
import { createLocation, updateLocation } from "../../../domain/booking/write-location.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseDayHours, presentLocation } from "./present-booking.ts";

const tags = ["booking"];
type Params = Static<typeof ById>;

export function locationRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: OfferQuery }>(
    "/v1/locations",
    { schema: { summary: "List locations", tags, querystring: OfferQuery, response: { 200: pageOf(Location) } } },
    async (request, reply) => {
      const { active, cursor } = request.query;
      const { items, next } = await listLocations(ctxOf(request), {
        ...withoutUndefined({ active }),
        limit: limitOf(request.query),
        ...idCursor("locations", cursor),
      });
      const page = { items, next: cursorWord("locations", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentLocation);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/locations/:id",
    { schema: { summary: "One location", tags, params: ById, response: { 200: Location } } },
    async (request, reply) =>
      tagged(reply, presentLocation(await getLocation(ctxOf(request), idIn(request.params, "location")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewLocation }>(
    "/v1/locations",
    {
      config: forManagers,
      schema: { summary: "Add a location", tags, body: NewLocation, response: { 201: Location } },
    },
    async (request, reply) => {
      const { name, time_zone: timeZone } = request.body;
      const location = await createLocation(ctxOf(request), { ...fieldsOf(request.body), name, timeZone });
      return created(reply, "/v1/locations", presentLocation(location));
    },
  );
  app.patch<{ Params: Params; Body: LocationPatch }>(
    "/v1/locations/:id",
    {
      config: forManagers,
      schema: { summary: "Edit a location", tags, params: ById, body: LocationPatch, response: { 200: Location } },
    },
    async (request, reply) => {
      const id = idIn(request.params, "location");
      const location = await updateLocation(ctxOf(request), id, fieldsOf(request.body), ifMatch(request));
      return tagged(reply, presentLocation(location));
    },
  );
}

function fieldsOf(body: LocationPatch) {
  return withoutUndefined({
    name: body.name,
    address: body.address,
    timeZone: body.time_zone,
    openingHours: body.opening_hours === null ? null : body.opening_hours?.map(parseDayHours),
    active: body.active,
  });
}
