import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { cleanInput } from "../http/clean-input.ts";
import { onlyJson } from "../http/only-json.ts";
import { registerSurface } from "../http/surface.ts";
import { callRoutes } from "./calls/call-routes.ts";
import { emailRoutes } from "./emails/email-routes.ts";
import { forAdminsAndManagers } from "./for-admins-and-managers.ts";
import { convertRoutes } from "./leads/convert-routes.ts";
import { leadListRoutes } from "./leads/lead-list-routes.ts";
import { leadRoutes } from "./leads/lead-routes.ts";
import { leadsWorkspaceDialect } from "./leads-workspace-dialect.ts";
import { noteRoutes } from "./notes/note-routes.ts";
import { taskRoutes } from "./tasks/task-routes.ts";

const prefix = "/leads-workspace";

export type LeadsWorkspaceOptions = { db: Db; gate: Gate };

/** The "Leads Management" dialect, at its documented paths and below /leads-workspace. */
export async function leadsWorkspaceSurface(app: FastifyInstance, { db, gate }: LeadsWorkspaceOptions): Promise<void> {
  await registerSurface(app, {
    name: "leads-workspace",
    title: "Rapport: leads workspace API",
    description: "Leads with their e-mails, calls, tasks and notes, and what becomes of them. For admins and managers.",
    dialect: leadsWorkspaceDialect,
    db,
    gate,
    prefix,
    notFoundPrefix: prefix,
    routes: leadsWorkspaceRoutes,
  });
}

async function leadsWorkspaceRoutes(app: FastifyInstance): Promise<void> {
  onlyJson(app);
  app.addHook("onRequest", forAdminsAndManagers);
  app.addHook("preValidation", cleanInput);
  leadListRoutes(app);
  leadRoutes(app);
  convertRoutes(app);
  emailRoutes(app);
  callRoutes(app);
  taskRoutes(app);
  noteRoutes(app);
}
