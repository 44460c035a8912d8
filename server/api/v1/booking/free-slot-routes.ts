import type { FastifyInstance } from "fastify";
import { FreeSlotQuery, FreeSlots } from "../../../../shared/v1/booking.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { findFreeStarts } from "../../../domain/booking/find-free-starts.ts";
import { ctxOf } from "../../http/request-state.ts";
import { freeSlotsJson } from "./present-free-slots.ts";

export function freeSlotRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: FreeSlotQuery }>(
    "/v1/free-slots",
    {
      schema: {
        summary: "Times at which a visit can begin, and who is free for it",
        tags: ["booking"],
        querystring: FreeSlotQuery,
        response: { 200: FreeSlots },
      },
    },
    async (request, reply) => {
      const { service_id: serviceId, location_id: locationId, provider_id, from, to, step_minutes } = request.query;
      const providerIds = provider_id === undefined ? undefined : [provider_id];
      const asked = {
        serviceId,
        locationId,
        from,
        to,
        ...withoutUndefined({ providerIds, stepMinutes: step_minutes }),
      };
      const free = await findFreeStarts(ctxOf(request), asked);
      return reply.type("application/json; charset=utf-8").send(freeSlotsJson(free));
    },
  );
}
