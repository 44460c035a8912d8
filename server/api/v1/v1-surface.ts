import type { FastifyInstance } from "fastify";
import type { BucketAddress } from "../../channels/bucket/bucket-address.ts";
import { filesOfSettings } from "../../channels/bucket/files-of-settings.ts";
import type { Channels } from "../../channels/registry.ts";
import type { Db } from "../../db/connection.ts";
import { mediaFiles } from "../../domain/media/media-files.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { cleanInput } from "../http/clean-input.ts";
import { registerSurface } from "../http/surface.ts";
import { accountRoutes } from "./accounts/account-routes.ts";
import { invitationMailRoute } from "./accounts/invitation-mail-route.ts";
import { activityRoutes } from "./activities/activity-routes.ts";
import { appointmentActRoutes } from "./appointments/appointment-act-routes.ts";
import { appointmentRoutes } from "./appointments/appointment-routes.ts";
import { attachmentRoutes } from "./attachments/attachment-routes.ts";
import { authorise } from "./authorise.ts";
import { calendarRoutes } from "./booking/calendar-routes.ts";
import { freeSlotRoutes } from "./booking/free-slot-routes.ts";
import { locationRoutes } from "./booking/location-routes.ts";
import { providerRoutes } from "./booking/provider-routes.ts";
import { providerWeekRoutes } from "./booking/provider-week-routes.ts";
import { serviceRoutes } from "./booking/service-routes.ts";
import { botSettingsRoutes } from "./bot/bot-settings-routes.ts";
import { knowledgeRoutes } from "./bot/knowledge-routes.ts";
import { callRoutes } from "./calls/call-routes.ts";
import { communicationRoute } from "./calls/communication-route.ts";
import { changeSetRoutes } from "./change-sets/change-set-routes.ts";
import { channelAccountRoutes } from "./channel-accounts/channel-account-routes.ts";
import { channelConnectRoutes } from "./channel-accounts/channel-connect-routes.ts";
import { contactMergeRoutes } from "./contact-merges/contact-merge-routes.ts";
import { consentRoutes } from "./contacts/consent-routes.ts";
import { contactRoutes } from "./contacts/contact-routes.ts";
import { contactStoryRoutes } from "./contacts/contact-story-routes.ts";
import { contactTagRoutes } from "./contacts/contact-tag-routes.ts";
import { conversationActionRoutes } from "./conversations/conversation-action-routes.ts";
import { conversationRoutes } from "./conversations/conversation-routes.ts";
import { customFieldRoutes } from "./custom-fields/custom-field-routes.ts";
import { customerListRoutes } from "./customers/customer-list-routes.ts";
import { loyaltyRoutes } from "./customers/loyalty-routes.ts";
import { rebookingRoutes } from "./customers/rebooking-routes.ts";
import { recordRoutes } from "./customers/record-routes.ts";
import { dealRoutes } from "./deals/deal-routes.ts";
import { emailAccountRoutes } from "./emails/email-account-routes.ts";
import { emailRoutes } from "./emails/email-routes.ts";
import { suppressionRoutes } from "./emails/suppression-routes.ts";
import { answerNotModified, declareNotModified } from "./entity-tag.ts";
import { eventRoutes } from "./events/event-routes.ts";
import { formRoutes } from "./forms/form-routes.ts";
import { importRoutes } from "./imports/import-routes.ts";
import { leadActRoutes } from "./leads/lead-act-routes.ts";
import { leadRoutes } from "./leads/lead-routes.ts";
import { liveRoutes } from "./live/live-routes.ts";
import { mediaRoutes } from "./media/media-routes.ts";
import { messageRoutes } from "./messages/message-routes.ts";
import { sendingRoutes } from "./messages/sending-routes.ts";
import { noteRoutes } from "./notes/note-routes.ts";
import { notificationPreferenceRoutes } from "./notifications/notification-preference-routes.ts";
import { notificationRoutes } from "./notifications/notification-routes.ts";
import { pushRoutes } from "./notifications/push-routes.ts";
import { organizationRoutes } from "./organizations/organization-routes.ts";
import { requirePatchType } from "./patch-type.ts";
import { pipelineRoutes } from "./pipelines/pipeline-routes.ts";
import { stageRoutes } from "./pipelines/stage-routes.ts";
import { problemDialect } from "./problem-dialect.ts";
import { problemRoutes } from "./problem-routes.ts";
import { quickReplyRoutes } from "./quick-replies/quick-reply-routes.ts";
import { reminderRoutes } from "./reminders/reminder-routes.ts";
import { searchRoutes } from "./search/search-routes.ts";
import { decisionRoutes } from "./sending/decision-routes.ts";
import { sendSettingsRoutes } from "./sending/send-settings-routes.ts";
import { roleRoutes } from "./settings/role-routes.ts";
import { settingsRoutes } from "./settings/settings-routes.ts";
import { simulatorRoutes } from "./simulator/simulator-routes.ts";
import { tagRoutes } from "./tags/tag-routes.ts";
import { taskRoutes } from "./tasks/task-routes.ts";
import { teamRoutes } from "./teams/team-routes.ts";
import { templateRoutes } from "./templates/template-routes.ts";
import { webhookDeliveryRoutes } from "./webhooks/webhook-delivery-routes.ts";
import { webhookDeps } from "./webhooks/webhook-deps.ts";
import { webhookRoutes } from "./webhooks/webhook-routes.ts";
import { webhookSendingRoutes } from "./webhooks/webhook-sending-routes.ts";

export type V1Options = {
  db: Db;
  gate: Gate;
  appSecret: string;
  encryptionKey: string;
  dataDir: string;
  filesBucket?: BucketAddress | undefined;
  channels: Channels;
  /** Our app at Meta, for Embedded Signup. */
  whatsappApp?: { id: string; secret: string } | undefined;
  publicUrl?: string | undefined;
  allowPrivateWebhooks?: boolean;
  /** The mail server of the operator's settings. */
  smtp?: { host: string; port: number } | undefined;
};

/** Our own API: for the web app, the SDK, the command line and agents. README.md beside this file has its conventions. */
export async function v1Surface(app: FastifyInstance, options: V1Options): Promise<void> {
  const { db, gate } = options;
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
      simulatorRoutes(scope, options);
      calendarRoutes(scope, options);
      botSettingsRoutes(scope, options);
      channelConnectRoutes(scope, options);
      emailAccountRoutes(scope, options);
      invitationMailRoute(scope, options);
      const sentFiles = mediaFiles(options.dataDir);
      templateRoutes(scope, {
        transportOf: options.channels.transportOf,
        encryptionKey: options.encryptionKey,
        files: sentFiles,
      });
      mediaRoutes(scope, sentFiles);
      const files = filesOfSettings(options);
      attachmentRoutes(scope, files);
      emailRoutes(scope, files);
      liveRoutes(scope, { db, gate });
      pushRoutes(scope, options);
      webhookRoutes(scope, webhookDeps(options));
      webhookSendingRoutes(scope);
      webhookDeliveryRoutes(scope);
    },
  });
}

const resources = [
  accountRoutes,
  contactRoutes,
  contactTagRoutes,
  contactStoryRoutes,
  consentRoutes,
  contactMergeRoutes,
  importRoutes,
  changeSetRoutes,
  quickReplyRoutes,
  searchRoutes,
  organizationRoutes,
  tagRoutes,
  leadRoutes,
  leadActRoutes,
  dealRoutes,
  pipelineRoutes,
  stageRoutes,
  taskRoutes,
  activityRoutes,
  callRoutes,
  communicationRoute,
  noteRoutes,
  formRoutes,
  serviceRoutes,
  locationRoutes,
  providerRoutes,
  providerWeekRoutes,
  freeSlotRoutes,
  appointmentRoutes,
  appointmentActRoutes,
  recordRoutes,
  loyaltyRoutes,
  customerListRoutes,
  rebookingRoutes,
  reminderRoutes,
  channelAccountRoutes,
  conversationRoutes,
  conversationActionRoutes,
  sendingRoutes,
  messageRoutes,
  suppressionRoutes,
  eventRoutes,
  notificationRoutes,
  notificationPreferenceRoutes,
  customFieldRoutes,
  settingsRoutes,
  roleRoutes,
  teamRoutes,
  sendSettingsRoutes,
  decisionRoutes,
  knowledgeRoutes,
  problemRoutes,
];
