import type { FastifyInstance } from "fastify";
import { apiKeyRoutes } from "./api-key-routes.ts";
import { invitationRoutes } from "./invitation-routes.ts";
import { meRoutes } from "./me-routes.ts";
import { userLinkRoutes } from "./user-link-routes.ts";
import { userRoutes } from "./user-routes.ts";

/** The team, the caller, invitations and API keys. */
export function accountRoutes(app: FastifyInstance): void {
  meRoutes(app);
  userRoutes(app);
  userLinkRoutes(app);
  invitationRoutes(app);
  apiKeyRoutes(app);
}
