import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Appointment, AppointmentPatch, AppointmentQuery, NewAppointment } from "../../../../shared/v1/appointment.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { bookAppointment } from "../../../domain/appointments/book-appointment.ts";
import { deleteAppointment, restoreAppointment } from "../../../domain/appointments/delete-appointment.ts";
import { getAppointment } from "../../../domain/appointments/get-appointment.ts";
import { listAppointments } from "../../../domain/appointments/list-appointments.ts";
import { updateAppointment } from "../../../domain/appointments/update-appointment.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseAppointmentPatch, parseNewAppointment, presentAppointment } from "./appointment-shapes.ts";

const tags = ["appointments"];
type Params = Static<typeof ById>;

export function appointmentRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: AppointmentQuery }>(
    "/v1/appointments",
    {
      schema: {
        summary: "List visits by their start",
        tags,
        querystring: AppointmentQuery,
        response: { 200: pageOf(Appointment) },
      },
    },
    async (request, reply) => {
      const {
        contact_id: contactId,
        provider_id: providerId,
        location_id: locationId,
        status,
        from,
        to,
        order,
        cursor,
      } = request.query;
      const list = `appointments.${order ?? "earliest"}`;
      const { items, next } = await listAppointments(ctxOf(request), {
        ...withoutUndefined({ contactId, providerId, locationId, status, from, to, order }),
        limit: limitOf(request.query),
        ...timeCursor(list, cursor),
      });
      const page = { items, next: cursorWord(list, next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentAppointment);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/appointments/:id",
    { schema: { summary: "One visit", tags, params: ById, response: { 200: Appointment } } },
    async (request, reply) => {
      const appointment = await getAppointment(ctxOf(request), idIn(request.params, "appointment"));
      return tagged(reply, presentAppointment(appointment));
    },
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewAppointment }>(
    "/v1/appointments",
    { schema: { summary: "Book a visit", tags, body: NewAppointment, response: { 201: Appointment } } },
    async (request, reply) => {
      const appointment = await bookAppointment(ctxOf(request), parseNewAppointment(request.body));
      return created(reply, "/v1/appointments", presentAppointment(appointment));
    },
  );
  app.patch<{ Params: Params; Body: AppointmentPatch }>(
    "/v1/appointments/:id",
    { schema: { summary: "Edit a visit", tags, params: ById, body: AppointmentPatch, response: { 200: Appointment } } },
    async (request, reply) => {
      const id = idIn(request.params, "appointment");
      const patch = parseAppointmentPatch(request.body);
      return tagged(reply, presentAppointment(await updateAppointment(ctxOf(request), id, patch, ifMatch(request))));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/appointments/:id",
    { schema: { summary: "Delete a visit", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteAppointment(ctxOf(request), idIn(request.params, "appointment"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/appointments/:id/restore",
    { schema: { summary: "Bring a deleted visit back", tags, params: ById, response: { 200: Appointment } } },
    async (request, reply) => {
      const appointment = await restoreAppointment(ctxOf(request), idIn(request.params, "appointment"));
      return tagged(reply, presentAppointment(appointment));
    },
  );
}
