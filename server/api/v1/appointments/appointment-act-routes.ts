import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { Appointment, Reschedule } from "../../../../shared/v1/appointment.ts";
import type { Appointment as Visit } from "../../../domain/appointments/appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  markNoShow,
  reopenAppointment,
} from "../../../domain/appointments/change-status.ts";
import { rescheduleAppointment } from "../../../domain/appointments/reschedule-appointment.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";
import { parseCancellation, parseCompletion, parseReschedule, presentAppointment } from "./appointment-shapes.ts";

const tags = ["appointments"];
type Params = Static<typeof ById>;
type ActRequest = FastifyRequest<{ Params: Params; Body: unknown }>;

/** What happens to a visit. Each said twice is done once. */
export function appointmentActRoutes(app: FastifyInstance): void {
  act(app, "confirm", "Confirm a visit", (request, id) => confirmAppointment(ctxOf(request), id, ifMatch(request)));
  act(app, "complete", "A visit took place; amount and treatment_details may be said along", (request, id) =>
    completeAppointment(ctxOf(request), id, { ...parseCompletion(request.body), ...ifMatch(request) }),
  );
  act(app, "cancel", "Cancel a visit; a reason may be said along", (request, id) =>
    cancelAppointment(ctxOf(request), id, { ...parseCancellation(request.body), ...ifMatch(request) }),
  );
  act(app, "no-show", "Nobody came", (request, id) => markNoShow(ctxOf(request), id, ifMatch(request)));
  act(app, "reopen", "Take the end of a visit back", (request, id) =>
    reopenAppointment(ctxOf(request), id, ifMatch(request)),
  );
  app.post<{ Params: Params; Body: Reschedule }>(
    "/v1/appointments/:id/reschedule",
    { schema: { summary: "Move a visit", tags, params: ById, body: Reschedule, response: { 200: Appointment } } },
    async (request, reply) => {
      const id = idIn(request.params, "appointment");
      const move = parseReschedule(request.body);
      return tagged(reply, presentAppointment(await rescheduleAppointment(ctxOf(request), id, move, ifMatch(request))));
    },
  );
}

function act(
  app: FastifyInstance,
  word: string,
  summary: string,
  perform: (request: ActRequest, id: number) => Promise<Visit>,
): void {
  app.post<{ Params: Params; Body: unknown }>(
    `/v1/appointments/:id/${word}`,
    { schema: { summary, tags, params: ById, response: { 200: Appointment } } },
    async (request, reply) =>
      tagged(reply, presentAppointment(await perform(request, idIn(request.params, "appointment")))),
  );
}
