import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import type { Gate, OpenDoor } from "../http/authenticate-request.ts";
import { authoriseByRole } from "../http/authorise-by-method.ts";
import { cleanInput } from "../http/clean-input.ts";
import { onlyJson } from "../http/only-json.ts";
import { registerSurface } from "../http/surface.ts";
import { activityRoutes } from "./activities/activity-routes.ts";
import { chatbotDialect } from "./chatbot-dialect.ts";
import { contactListRoutes } from "./contacts/contact-list-routes.ts";
import { contactRoutes } from "./contacts/contact-routes.ts";
import { dealRoutes } from "./deals/deal-routes.ts";
import { leadScoreRoutes } from "./lead-score-routes.ts";
import { taskRoutes } from "./tasks/task-routes.ts";

const prefix = "/chatbot";

export type ChatbotOptions = { db: Db; gate: Gate; openChatbot?: OpenDoor };

/** The "WhatsApp AI Chatbot" dialect, at its documented paths and below /chatbot. */
export async function chatbotSurface(app: FastifyInstance, { db, gate, openChatbot }: ChatbotOptions): Promise<void> {
  await registerSurface(app, {
    name: "chatbot",
    title: "Rapport: CRM API of the WhatsApp AI chatbot",
    description:
      "Contacts, deals, tasks, activities and lead scores. GET and POST /api/crm/contacts are described at " +
      "/shared-contacts/openapi.json, because another dialect shares that path; below /chatbot they speak this one alone.",
    dialect: chatbotDialect,
    db,
    gate,
    ...(openChatbot ? { openDoor: openChatbot } : {}),
    prefix,
    notFoundPrefix: prefix,
    routes: chatbotRoutes,
  });
}

async function chatbotRoutes(app: FastifyInstance): Promise<void> {
  onlyJson(app);
  app.addHook("onRequest", authoriseByRole);
  app.addHook("preValidation", cleanInput);
  // At the root the shared-contacts surface answers this path for both dialects that document it.
  if (app.prefix === prefix) contactListRoutes(app);
  contactRoutes(app);
  dealRoutes(app);
  taskRoutes(app);
  activityRoutes(app);
  leadScoreRoutes(app);
}
