import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { authoriseByMethod } from "../http/authorise-by-method.ts";
import { cleanInput } from "../http/clean-input.ts";
import { onlyJson } from "../http/only-json.ts";
import { answerFailure, registerSurface, unknownRoute } from "../http/surface.ts";
import { actionListRoutes } from "./actions/action-list-routes.ts";
import { actionRoutes } from "./actions/action-routes.ts";
import { analyticsRoute } from "./analytics/analytics-route.ts";
import { communicationRoutes } from "./communications/communication-routes.ts";
import { customerListRoutes } from "./customers/customer-list-routes.ts";
import { recordRoutes } from "./customers/record-routes.ts";
import { leadRoutes } from "./leads/lead-routes.ts";
import { salespersonDialect } from "./salesperson-dialect.ts";
import { tagRoutes } from "./tags/tag-routes.ts";

const prefix = "/salesperson";

export type SalespersonOptions = { db: Db; gate: Gate };

/** The salesperson's dialect, at its documented paths below /crm, and below /salesperson/crm and /salesperson/api/crm. */
export async function salespersonSurface(app: FastifyInstance, { db, gate }: SalespersonOptions): Promise<void> {
  await registerSurface(app, {
    name: "salesperson",
    title: "Rapport: CRM API of the salesperson's application",
    description:
      "Customer records, communications, actions, tags, repeat customers, leads and analytics. Lists take `page` and `limit`; where " +
      "either is given, the total stands in X-Total-Count.",
    dialect: salespersonDialect,
    db,
    gate,
    prefix,
    notFoundPrefix: prefix,
    routes: salespersonRoutes,
  });
}

async function salespersonRoutes(app: FastifyInstance): Promise<void> {
  onlyJson(app);
  app.addHook("onRequest", authoriseByMethod);
  app.addHook("preValidation", cleanInput);
  await app.register(crmRoutes, { prefix: "/crm" });
  if (app.prefix === prefix) await app.register(crmRoutes, { prefix: "/api/crm" });
}

async function crmRoutes(app: FastifyInstance): Promise<void> {
  recordRoutes(app);
  customerListRoutes(app);
  communicationRoutes(app);
  actionRoutes(app);
  actionListRoutes(app);
  tagRoutes(app);
  leadRoutes(app);
  analyticsRoute(app);
  app.setNotFoundHandler((request, reply) => answerFailure(salespersonDialect, unknownRoute(request), request, reply));
}
