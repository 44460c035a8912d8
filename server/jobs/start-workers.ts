import type { BucketAddress } from "../channels/bucket/bucket-address.ts";
import { filesOfSettings } from "../channels/bucket/files-of-settings.ts";
import { createOutboundClient } from "../channels/egress/outbound-client.ts";
import { createModelClient } from "../channels/model-endpoint/openai-client.ts";
import { openChannels } from "../channels/registry.ts";
import type { Db } from "../db/connection.ts";
import { mediaFiles } from "../domain/media/media-files.ts";
import { outboundPolicy } from "../domain/outbound-addresses/outbound-policy.ts";
import { startBotWorker } from "./bot-worker.ts";
import { startImportWorker } from "./import-worker.ts";
import { startInboundWorker } from "./inbound-worker.ts";
import { startMailWorker } from "./mail-worker.ts";
import { startMailboxWorker } from "./mailbox-worker.ts";
import { startMediaWorker } from "./media-worker.ts";
import { startOutboxWorker } from "./outbox-worker.ts";
import { startQueue } from "./queue.ts";
import { quietQueueLogger } from "./quiet-queue-logger.ts";
import { startReminderWorker } from "./reminder-worker.ts";
import { startSimulatorWorker } from "./simulator-worker.ts";
import { startNotifications } from "./start-notifications.ts";
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
  filesBucket: BucketAddress | undefined;
  publicUrl: string | undefined;
  /** Webhooks may lead to loopback and private networks. */
  allowPrivateWebhooks: boolean;
  /** The mail server of the operator's settings, which may stand anywhere. */
  smtp: { host: string; port: number } | undefined;
  onError: (what: string, error: unknown) => void;
};

export type Workers = {
  /** A webhook body was stored. */
  wakeInbound: () => void;
  stop: () => Promise<void>;
};

type Stop = () => unknown;

/** Everything that runs by itself, in this process; several processes share the work over the database. */
export async function startWorkers(db: Db, settings: WorkerSettings): Promise<Workers> {
  const inbound = startInboundWorker(db, { pollMs: 500, onError: complaint(settings, "Processing webhooks") });
  const mails = startMailWorker(db, {
    files: mediaFiles(settings.dataDir),
    pollMs: 500,
    onError: complaint(settings, "Reading mails"),
  });
  const mailboxes = startMailboxWorker(db, {
    encryptionKey: settings.encryptionKey,
    allowPrivate: settings.allowPrivateWebhooks,
    onStored: mails.wake,
    pollMs: 5_000,
    onError: complaint(settings, "Reading mailboxes"),
  });
  const simulator = startSimulatorWorker(db, {
    appSecret: settings.appSecret,
    pollMs: 250,
    onStored: inbound.wake,
    onError: complaint(settings, "Playing the simulated WhatsApp"),
  });
  const imports = startImportWorker(db, { pollMs: 1_000, onError: complaint(settings, "Importing") });
  const stops: Stop[] = [
    inbound.stop,
    mails.stop,
    mailboxes.stop,
    simulator.stop,
    imports.stop,
    ...(await startChannels(db, settings)),
  ];
  stops.push(...startBot(db, settings));
  stops.push(startReminderWorker(db, { pollMs: 500, onError: complaint(settings, "Reminding of visits") }).stop);
  const webhooks = await startWebhooks(db, settings);
  stops.push(() => webhooks.stop());
  const notifications = startNotifications(db, settings);
  stops.push(() => notifications.stop());
  return {
    wakeInbound() {
      inbound.wake();
      mails.wake();
    },
    async stop() {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}

/** What talks to the numbers' vendor: sends, files, clockwork. Gives how to stop it, the last thing first. */
async function startChannels(db: Db, settings: WorkerSettings): Promise<Stop[]> {
  const channels = openChannels({ db, ...settings });
  const { transportOf, senderOf } = channels;
  const { encryptionKey, onError } = settings;
  const outbox = startOutboxWorker(db, { senderOf, pollMs: 500, onError: complaint(settings, "Sending") });
  const media = startMediaWorker(db, {
    transportOf,
    encryptionKey,
    files: mediaFiles(settings.dataDir),
    pollMs: 1_000,
    onError: complaint(settings, "Fetching files"),
  });
  const watch = { transportOf, encryptionKey, app: settings.whatsappApp, onError };
  const queue = await startQueue(db, quietQueueLogger, {
    watch,
    files: filesOfSettings(settings),
    mail: { encryptionKey, policy: { allowPrivate: settings.allowPrivateWebhooks, trusted: settings.smtp } },
  });
  // What changed while nobody was running; then every quarter of an hour.
  const firstSync = syncChannels(db, watch).catch(complaint(settings, "Reading the numbers' state"));
  return [() => firstSync, channels.close, queue.stop, media.stop, outbox.stop];
}

function startBot(db: Db, settings: WorkerSettings): Stop[] {
  const calls = createOutboundClient(
    outboundPolicy({ publicUrl: settings.publicUrl, allowPrivate: settings.allowPrivateWebhooks }),
  );
  const bot = startBotWorker(db, {
    model: createModelClient(calls),
    encryptionKey: settings.encryptionKey,
    pollMs: 400,
    onError: complaint(settings, "Answering by the bot"),
  });
  return [calls.close, bot.stop];
}

function complaint({ onError }: WorkerSettings, what: string): (error: unknown) => void {
  return (error) => onError(what, error);
}
