import { createOutboundClient } from "../channels/egress/outbound-client.ts";
import { outboundPolicy } from "../channels/egress/outbound-policy.ts";
import { createModelClient } from "../channels/model-endpoint/openai-client.ts";
import { openChannels } from "../channels/registry.ts";
import type { Db } from "../db/connection.ts";
import { mediaFiles } from "../domain/media/media-files.ts";
import { startBotWorker } from "./bot-worker.ts";
import { startImportWorker } from "./import-worker.ts";
import { startInboundWorker } from "./inbound-worker.ts";
import { startMediaWorker } from "./media-worker.ts";
import { startOutboxWorker } from "./outbox-worker.ts";
import { startQueue } from "./queue.ts";
import { quietQueueLogger } from "./quiet-queue-logger.ts";
import { startSimulatorWorker } from "./simulator-worker.ts";
import { startWebhooks } from "./start-webhooks.ts";
import { syncChannels } from "./watch-channels.ts";

export type WorkerSettings = {
  /** Seals and opens the secrets of channels; 32 bytes as base64url. */
  encryptionKey: string;
  /** Signs what the simulator delivers to our own webhook. */
  appSecret: string;
  /** The Graph API's base address without version: https://graph.facebook.com. */
  graphUrl: string;
  /** Our app at Meta: asks how long tokens live. */
  whatsappApp: { id: string; secret: string } | undefined;
  dataDir: string;
  publicUrl: string | undefined;
  /** Webhooks may lead to loopback and private networks. */
  allowPrivateWebhooks: boolean;
  onError: (what: string, error: unknown) => void;
};

export type Workers = {
  /** A webhook body was stored. */
  wakeInbound: () => void;
  stop: () => Promise<void>;
};

/** Everything that runs by itself, in this process; several processes share the work over the database. */
export async function startWorkers(db: Db, settings: WorkerSettings): Promise<Workers> {
  const inbound = startInboundWorker(db, {
    pollMs: 500,
    onError: (error) => settings.onError("Processing webhooks", error),
  });
  const simulator = startSimulatorWorker(db, {
    appSecret: settings.appSecret,
    pollMs: 250,
    onStored: inbound.wake,
    onError: (error) => settings.onError("Playing the simulated WhatsApp", error),
  });
  const modelCalls = createOutboundClient(
    outboundPolicy({ publicUrl: settings.publicUrl, allowPrivate: settings.allowPrivateWebhooks }),
  );
  const bot = startBotWorker(db, {
    model: createModelClient(modelCalls),
    encryptionKey: settings.encryptionKey,
    pollMs: 400,
    onReply: () => {},
    onError: (error) => settings.onError("Answering by the bot", error),
  });
  const imports = startImportWorker(db, {
    pollMs: 1_000,
    onError: (error) => settings.onError("Importing", error),
  });
  const channels = openChannels({ db, ...settings });
  const outbox = startOutboxWorker(db, {
    senderOf: channels.senderOf,
    pollMs: 500,
    onError: (error) => settings.onError("Sending", error),
  });
  const { transportOf } = channels;
  const { encryptionKey, onError } = settings;
  const media = startMediaWorker(db, {
    transportOf,
    encryptionKey,
    files: mediaFiles(settings.dataDir),
    pollMs: 1_000,
    onError: (error) => onError("Fetching files", error),
  });
  const watch = { transportOf, encryptionKey, app: settings.whatsappApp, onError };
  const queue = await startQueue(db, quietQueueLogger, watch);
  // What changed while nobody was running; then every quarter of an hour.
  const firstSync = syncChannels(db, watch).catch((error: unknown) => onError("Reading the numbers' state", error));
  const webhooks = await startWebhooks(db, settings);
  return {
    wakeInbound: inbound.wake,
    async stop() {
      await outbox.stop();
      await media.stop();
      await bot.stop();
      modelCalls.close();
      await webhooks.stop();
      await queue.stop();
      channels.close();
      await firstSync;
      await imports.stop();
      await simulator.stop();
      await inbound.stop();
    },
  };
}
