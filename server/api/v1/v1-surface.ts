import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { cleanInput } from "../http/clean-input.ts";
import { registerSurface } from "../http/surface.ts";
import { accountRoutes } from "./accounts/account-routes.ts";
import { activityRoutes } from "./activities/activity-routes.ts";
import { authorise } from "./authorise.ts";
import { channelAccountRoutes } from "./channel-accounts/channel-account-routes.ts";
import { contactRoutes } from "./contacts/contact-routes.ts";
import { contactStoryRoutes } from "./contacts/contact-story-routes.ts";
import { contactTagRoutes } from "./contacts/contact-tag-routes.ts";
import { conversationRoutes } from "./conversations/conversation-routes.ts";
import { customFieldRoutes } from "./custom-fields/custom-field-routes.ts";
import { dealRoutes } from "./deals/deal-routes.ts";
import { answerNotModified, declareNotModified } from "./entity-tag.ts";
import { eventRoutes } from "./events/event-routes.ts";
import { leadRoutes } from "./leads/lead-routes.ts";
import { noteRoutes } from "./notes/note-routes.ts";
import { notificationRoutes } from "./notifications/notification-routes.ts";
import { organizationRoutes } from "./organizations/organization-routes.ts";
import { requirePatchType } from "./patch-type.ts";
import { pipelineRoutes } from "./pipelines/pipeline-routes.ts";
import { stageRoutes } from "./pipelines/stage-routes.ts";
import { problemDialect } from "./problem-dialect.ts";
import { problemRoutes } from "./problem-routes.ts";
import { settingsRoutes } from "./settings/settings-routes.ts";
import { simulatorRoutes } from "./simulator/simulator-routes.ts";
import { tagRoutes } from "./tags/tag-routes.ts";
import { taskRoutes } from "./tasks/task-routes.ts";

export type V1Options = { db: Db; gate: Gate; appSecret: string };

/** Our own API: for the web app, the SDK, the command line and agents. README.md beside this file has its conventions. */
export async function v1Surface(app: FastifyInstance, { db, gate, appSecret }: V1Options): Promise<void> {
  await registerSurface(app, {
    name: "v1",
    title: "Rapport API",
    description: "People, conversations, leads, deals, tasks and what happened with them.",
    dialect: problemDialect,
    db,
    gate,
    notFoundPrefix: "/v1",
    routes: (scope) => {
      scope.addHook("onRequest", authorise);
      scope.addHook("onRequest", requirePatchType);
      scope.addHook("preValidation", cleanInput);
      scope.addHook("onSend", answerNotModified);
      scope.addHook("onRoute", declareNotModified);
      for (const routes of resources) routes(scope);
      simulatorRoutes(scope, { appSecret });
    },
  });
}

const resources = [
  accountRoutes,
  contactRoutes,
  contactTagRoutes,
  contactStoryRoutes,
  organizationRoutes,
  tagRoutes,
  leadRoutes,
  dealRoutes,
  pipelineRoutes,
  stageRoutes,
  taskRoutes,
  activityRoutes,
  noteRoutes,
  channelAccountRoutes,
  conversationRoutes,
  eventRoutes,
  notificationRoutes,
  customFieldRoutes,
  settingsRoutes,
  problemRoutes,
];
