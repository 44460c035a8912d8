import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { NewTimeOff, TimeOff, WorkingWeek } from "../../../../shared/v1/booking.ts";
import { pageOf, paging } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { listProviderHours, replaceProviderHours } from "../../../domain/booking/provider-hours.ts";
import { cancelTimeOff, listTimeOff, takeTimeOff } from "../../../domain/booking/time-off.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseDayHours, presentTimeOff, presentWorkingHours } from "./present-booking.ts";

const tags = ["booking"];
const TimeOffPath = Type.Object({ id: Type.String({ maxLength: 40 }), time_off_id: Type.String({ maxLength: 40 }) });
const TimeOffQuery = Type.Object(paging);
type Params = Static<typeof ById>;

/** When a provider works, and when they are away. */
export function providerWeekRoutes(app: FastifyInstance): void {
  hoursRoutes(app);
  timeOffRoutes(app);
}

function hoursRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/providers/:id/hours",
    { schema: { summary: "A provider's week", tags, params: ById, response: { 200: WorkingWeek } } },
    async (request) => {
      const hours = await listProviderHours(ctxOf(request), idIn(request.params, "provider"));
      return { hours: hours.map(presentWorkingHours) };
    },
  );
  app.put<{ Params: Params; Body: WorkingWeek }>(
    "/v1/providers/:id/hours",
    {
      config: forManagers,
      schema: {
        summary: "Give a provider's whole week anew",
        tags,
        params: ById,
        body: WorkingWeek,
        response: { 200: WorkingWeek },
      },
    },
    async (request) => {
      const asked = request.body.hours.map(({ location_id: locationId, ...day }) => ({
        ...parseDayHours(day),
        locationId,
      }));
      const hours = await replaceProviderHours(ctxOf(request), idIn(request.params, "provider"), asked);
      return { hours: hours.map(presentWorkingHours) };
    },
  );
}

function timeOffRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof TimeOffQuery> }>(
    "/v1/providers/:id/time-off",
    {
      schema: {
        summary: "When a provider is away from now on",
        tags,
        params: ById,
        querystring: TimeOffQuery,
        response: { 200: pageOf(TimeOff) },
      },
    },
    async (request, reply) => {
      const query = { limit: limitOf(request.query), ...timeCursor("time-off", request.query.cursor) };
      const { items, next } = await listTimeOff(ctxOf(request), idIn(request.params, "provider"), query);
      const page = { items, next: cursorWord("time-off", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentTimeOff);
    },
  );
  app.post<{ Params: Params; Body: NewTimeOff }>(
    "/v1/providers/:id/time-off",
    {
      schema: {
        summary: "Note that a provider is away",
        tags,
        params: ById,
        body: NewTimeOff,
        response: { 201: TimeOff },
      },
    },
    async (request, reply) => {
      const { starts_at: startsAt, ends_at: endsAt, reason } = request.body;
      const input = { startsAt, endsAt, ...withoutUndefined({ reason }) };
      const timeOff = await takeTimeOff(ctxOf(request), idIn(request.params, "provider"), input);
      reply.code(201);
      return presentTimeOff(timeOff);
    },
  );
  app.delete<{ Params: Static<typeof TimeOffPath> }>(
    "/v1/providers/:id/time-off/:time_off_id",
    { schema: { summary: "Take time off back", tags, params: TimeOffPath, response: { 204: noContent } } },
    async (request, reply) => {
      const timeOffId = readId(request.params.time_off_id, "time_off");
      await cancelTimeOff(ctxOf(request), idIn(request.params, "provider"), timeOffId);
      reply.code(204);
    },
  );
}
