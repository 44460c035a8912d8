import type { Db } from "../db/connection.ts";
import { startInboundWorker } from "./inbound-worker.ts";
import { startQueue } from "./queue.ts";
import { quietQueueLogger } from "./quiet-queue-logger.ts";

export type WorkerSettings = {
  /** Seals and opens the secrets of channels; 32 bytes as base64url. */
  encryptionKey: string;
  /** Signs what the simulator delivers to our own webhook. */
  appSecret: string;
  /** The Graph API's base address without version: https://graph.facebook.com. */
  graphUrl: string;
  dataDir: string;
  publicUrl: string | undefined;
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
  const queue = await startQueue(db, quietQueueLogger);
  return {
    wakeInbound: inbound.wake,
    async stop() {
      await queue.stop();
      await inbound.stop();
    },
  };
}
