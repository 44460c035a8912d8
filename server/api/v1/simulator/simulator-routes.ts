import type { FastifyInstance } from "fastify";
import type { Db } from "../../../db/connection.ts";
import { requireWholeReach } from "../../../domain/reach/reach.ts";
import { failureRoutes } from "./failure-routes.ts";
import { mailboxRoutes } from "./mailbox-routes.ts";
import { phoneRoutes } from "./phone-routes.ts";
import { playRoutes } from "./play-routes.ts";
import { simulatorMediaRoute } from "./simulator-media-route.ts";
import { simulatorSettingsRoutes } from "./simulator-settings-routes.ts";

/** The phone simulator: customers to play, what stands on their phones, and a WhatsApp that fails when asked to. */
export function simulatorRoutes(app: FastifyInstance, options: { appSecret: string; db: Db }): void {
  app.register(async (scope) => {
    // Whoever holds the customers' phones reads everybody's messages.
    scope.addHook("preHandler", async ({ state }) => {
      if (state) requireWholeReach(state.ctx);
    });
    playRoutes(scope, options);
    phoneRoutes(scope);
    simulatorMediaRoute(scope);
    failureRoutes(scope);
    mailboxRoutes(scope, options);
    simulatorSettingsRoutes(scope);
  });
}
