import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { authoriseByRole, requireSubscriptionToRead } from "../http/authorise-by-method.ts";
import { cleanInput } from "../http/clean-input.ts";
import { limitHourly } from "../http/hourly-quota.ts";
import { onlyJson } from "../http/only-json.ts";
import { requireSynced } from "../http/require-synced.ts";
import { registerSurface } from "../http/surface.ts";
import { analyticsRoute } from "./analytics/analytics-route.ts";
import { contactListRoutes } from "./contacts/contact-list-routes.ts";
import { contactRoutes } from "./contacts/contact-routes.ts";
import { importRoutes } from "./contacts/import-routes.ts";
import { conversationActRoutes } from "./conversations/conversation-act-routes.ts";
import { conversationRoutes } from "./conversations/conversation-routes.ts";
import { replyRoute } from "./conversations/reply-route.ts";
import { dashboardRoute } from "./dashboard/dashboard-route.ts";
import { whatsappDialect } from "./whatsapp-dialect.ts";

const prefix = "/whatsapp";

export type WhatsappOptions = { db: Db; gate: Gate };

/** The "WhatsApp Business" dialect, at its documented paths and below /whatsapp. */
export async function whatsappSurface(app: FastifyInstance, { db, gate }: WhatsappOptions): Promise<void> {
  await registerSurface(app, {
    name: "whatsapp",
    title: "Rapport: CRM API of the WhatsApp Business account",
    description:
      "Dashboard, contacts, conversations and analytics, as they answer below /whatsapp and at the root. Only GET and POST " +
      "/api/crm/contacts differ at the root, where another dialect shares that path: see /shared-contacts/openapi.json.",
    dialect: whatsappDialect,
    db,
    gate,
    prefix,
    describes: "prefix",
    notFoundPrefix: prefix,
    routes: (scope) => whatsappRoutes(scope, gate),
  });
}

async function whatsappRoutes(app: FastifyInstance, gate: Gate): Promise<void> {
  onlyJson(app);
  app.addHook("onRequest", authoriseByRole);
  app.addHook("onRequest", requireSubscriptionToRead);
  app.addHook("onRequest", limitHourly(gate));
  app.addHook("preValidation", cleanInput);
  app.addHook("preHandler", requireSynced());
  dashboardRoute(app);
  // At the root the shared-contacts surface answers this path for both dialects that document it.
  if (app.prefix === prefix) contactListRoutes(app);
  contactRoutes(app);
  importRoutes(app);
  conversationRoutes(app);
  conversationActRoutes(app);
  replyRoute(app);
  analyticsRoute(app);
}
