import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { NewSimulatorFailure, SimulatorFailure, SimulatorFailures } from "../../../../shared/v1/simulator.ts";
import { failurePresets } from "../../../domain/simulator/failure-kinds.ts";
import { endFailures, listFailures, makeFail } from "../../../domain/simulator/simulator-failures.ts";
import { workAgain } from "../../../domain/simulator/work-again.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";
import { presentFailure } from "./present-simulator.ts";

const tags = ["simulator"];
const path = "/v1/simulator/failures";
// Also to look: nobody else can make anything of it.
const config = { roles: ["admin", "manager", "salesperson"] } as const;

export function failureRoutes(app: FastifyInstance): void {
  app.get(
    path,
    { schema: { summary: "How WhatsApp is asked to fail", tags, response: { 200: SimulatorFailures } }, config },
    async (request) => ({ data: (await listFailures(ctxOf(request))).map(presentFailure), presets: failurePresets }),
  );
  app.post<{ Body: NewSimulatorFailure }>(
    path,
    {
      schema: { summary: "Make WhatsApp fail", tags, body: NewSimulatorFailure, response: { 201: SimulatorFailure } },
      config,
    },
    async (request, reply) => {
      const { kind, stage, count, probability, delay_ms: delayMs } = request.body;
      const made = await makeFail(ctxOf(request), { kind, stage, count, probability, delayMs });
      reply.code(201);
      return presentFailure(made);
    },
  );
  app.delete(
    path,
    { schema: { summary: "Let WhatsApp work again", tags, response: { 204: noContent } }, config },
    async (request, reply) => {
      await workAgain(ctxOf(request));
      return reply.code(204).send();
    },
  );
  app.delete<{ Params: Static<typeof ById> }>(
    `${path}/:id`,
    { schema: { summary: "Take one failure away", tags, params: ById, response: { 204: noContent } }, config },
    async (request, reply) => {
      await endFailures(ctxOf(request), idIn(request.params, "failure"));
      return reply.code(204).send();
    },
  );
}
