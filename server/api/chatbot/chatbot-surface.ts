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
      "Contacts, deals, tasks, activities and lead scores, as they answer below /chatbot and at the root. Only GET and POST " +
      "/api/crm/contacts differ at the root, where another dialect shares that path: see /shared-contacts/openapi.json.",
    dialect: chatbotDialect,
    db,
    gate,
    ...(openChatbot ? { openDoor: openChatbot } : {}),
    prefix,
    describes: "prefix",
    otherPaths: { "/health": { get: health } },
    notFoundPrefix: prefix,
    routes: chatbotRoutes,
  });
}

const healthParts = {
  type: "object",
  properties: { status: { type: "string" }, database: { type: "string" } },
} as const;
const health = {
  summary: "How the server is",
  description: "`status` is healthy or unhealthy; each part says more of itself. Open to everybody.",
  tags: ["Health"],
  security: [],
  responses: {
    "200": { description: "Healthy", content: { "application/json": { schema: healthParts } } },
    "503": { description: "Unhealthy", content: { "application/json": { schema: healthParts } } },
  },
};

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
