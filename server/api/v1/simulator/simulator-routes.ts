import type { FastifyInstance } from "fastify";
import { failureRoutes } from "./failure-routes.ts";
import { phoneRoutes } from "./phone-routes.ts";
import { playRoutes } from "./play-routes.ts";
import { simulatorMediaRoute } from "./simulator-media-route.ts";
import { simulatorSettingsRoutes } from "./simulator-settings-routes.ts";

/** The phone simulator: customers to play, what stands on their phones, and a WhatsApp that fails when asked to. */
export function simulatorRoutes(app: FastifyInstance, options: { appSecret: string }): void {
  playRoutes(app, options);
  phoneRoutes(app);
  simulatorMediaRoute(app);
  failureRoutes(app);
  simulatorSettingsRoutes(app);
}
