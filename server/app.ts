import type { FastifyInstance } from "fastify";
import { authRoutes } from "./api/auth/auth-routes.ts";
import { chatbotDialect } from "./api/chatbot/chatbot-dialect.ts";
import { chatbotSurface } from "./api/chatbot/chatbot-surface.ts";
import { calendarFeed } from "./api/hooks/calendar-feed.ts";
import { emailHook } from "./api/hooks/email.ts";
import { formHook } from "./api/hooks/forms.ts";
import { gatewayHook } from "./api/hooks/gateway.ts";
import { mailLinks } from "./api/hooks/mail-links.ts";
import { unsubscribeHook } from "./api/hooks/unsubscribe.ts";
import { whatsappHook } from "./api/hooks/whatsapp.ts";
import type { Gate, OpenDoor } from "./api/http/authenticate-request.ts";
import { createServer, type ServerOptions } from "./api/http/create-server.ts";
import { plainDialect } from "./api/http/plain-dialect.ts";
import { type Dialect, speak } from "./api/http/surface.ts";
import { leadsWorkspaceDialect } from "./api/leads-workspace/leads-workspace-dialect.ts";
import { leadsWorkspaceSurface } from "./api/leads-workspace/leads-workspace-surface.ts";
import { opsRoutes } from "./api/ops/ops-routes.ts";
import { salespersonSurface } from "./api/salesperson/salesperson-surface.ts";
import { sharedContactsSurface } from "./api/shared-contacts/shared-contacts-surface.ts";
import { problemDialect } from "./api/v1/problem-dialect.ts";
import { v1Surface } from "./api/v1/v1-surface.ts";
import { serveWeb } from "./api/web/serve-web.ts";
import { whatsappDialect } from "./api/whatsapp/whatsapp-dialect.ts";
import { whatsappSurface } from "./api/whatsapp/whatsapp-surface.ts";
import type { BucketAddress } from "./channels/bucket/bucket-address.ts";
import { openChannels } from "./channels/registry.ts";
import type { Db } from "./db/connection.ts";
import { createDeliveryStore } from "./domain/conversations/store-delivery.ts";

export type AppOptions = ServerOptions & {
  db: Db;
  gate: Gate;
  openChatbot?: OpenDoor;
  /** Signs access tokens; 32 bytes as base64url. */
  jwtKey: string;
  /** Seals the secrets of channels; 32 bytes as base64url. */
  encryptionKey: string;
  /** The address people use, where it is known. */
  publicUrl: string | undefined;
  /** Signs and verifies WhatsApp webhooks. */
  appSecret: string;
  verifyToken: string;
  /** Files of conversations lie in it. */
  dataDir: string;
  /** Where attachments are stored instead. */
  filesBucket?: BucketAddress | undefined;
  /** The Graph API's base address. */
  graphUrl: string;
  /** Our app at Meta, for Embedded Signup. */
  whatsappApp?: { id: string; secret: string } | undefined;
  /** Webhooks may lead to private addresses; off where not said. */
  allowPrivateWebhooks?: boolean;
  /** The mail server of the operator's settings. */
  smtp?: { host: string; port: number } | undefined;
  version: string;
  /** A webhook body was stored. */
  onInbound: () => void;
};

/** The whole HTTP side of Rapport: every surface, the hooks, the web app. It keeps no state of its own. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = createServer({ ...options, dialectOf });
  speak(app, plainDialect);
  const { db, appSecret, verifyToken } = options;
  const store = createDeliveryStore(db, options.onInbound);
  await app.register(opsRoutes({ db, version: options.version }));
  await app.register(whatsappHook({ db, appSecret, verifyToken, store }));
  await app.register(gatewayHook({ db, store }));
  await app.register(emailHook({ db, onStored: options.onInbound }));
  await app.register(calendarFeed({ db }));
  await app.register(mailLinks({ db, encryptionKey: options.encryptionKey }));
  await app.register(unsubscribeHook({ db, encryptionKey: options.encryptionKey }));
  await app.register(formHook({ db }));
  await authRoutes(app, options);
  const channels = openChannels(options);
  app.addHook("onClose", async () => channels.close());
  await v1Surface(app, { ...options, channels });
  await chatbotSurface(app, options);
  await whatsappSurface(app, options);
  await leadsWorkspaceSurface(app, options);
  await sharedContactsSurface(app, options);
  await salespersonSurface(app, options);
  await app.register(serveWeb);
  return app;
}

function dialectOf(url: string): Dialect {
  if (url.startsWith("/v1/")) return problemDialect;
  if (url.startsWith("/whatsapp/")) return whatsappDialect;
  if (url.startsWith("/leads-workspace/")) return leadsWorkspaceDialect;
  return url.startsWith("/chatbot/") ? chatbotDialect : plainDialect;
}
