import type { FastifyInstance } from "fastify";
import { SimulatorSettings, SimulatorSettingsPatch } from "../../../../shared/v1/simulator.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { changeSimulatorSettings, simulatorSettings } from "../../../domain/simulator/simulator-settings.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentSimulatorSettings } from "./present-simulator.ts";

const tags = ["simulator"];

export function simulatorSettingsRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/simulator/settings",
    { schema: { summary: "How fast the simulated WhatsApp is", tags, response: { 200: SimulatorSettings } } },
    async (request) => presentSimulatorSettings(await simulatorSettings(ctxOf(request))),
  );
  app.patch<{ Body: SimulatorSettingsPatch }>(
    "/v1/simulator/settings",
    {
      schema: {
        summary: "Make the simulated WhatsApp faster or slower",
        tags,
        body: SimulatorSettingsPatch,
        response: { 200: SimulatorSettings },
      },
    },
    async (request) => {
      const { body } = request;
      const change = withoutUndefined({
        sentAfterMs: body.sent_after_ms,
        deliveredAfterMs: body.delivered_after_ms,
        readAfterMs: body.read_after_ms,
        reviewAfterMs: body.review_after_ms,
        messagesPerSecond: body.messages_per_second,
      });
      return presentSimulatorSettings(await changeSimulatorSettings(ctxOf(request), change));
    },
  );
}
