import { createOutboundClient } from "../channels/egress/outbound-client.ts";
import type { Db } from "../db/connection.ts";
import { mendJournal } from "../domain/events/mend-journal.ts";
import { outboundPolicy } from "../domain/outbound-addresses/outbound-policy.ts";
import type { WorkerSettings } from "./start-workers.ts";
import { startWebhookWorker } from "./webhook-worker.ts";

type Settings = Pick<WorkerSettings, "encryptionKey" | "publicUrl" | "allowPrivateWebhooks" | "onError">;

/** Outbound webhooks, with a client of their own. */
export async function startWebhooks(db: Db, settings: Settings): Promise<{ stop: () => Promise<void> }> {
  const { encryptionKey, publicUrl, allowPrivateWebhooks: allowPrivate, onError } = settings;
  await mendJournal(db);
  // As many as may be under way: endpoints of many companies may be at one host.
  const client = createOutboundClient(outboundPolicy({ publicUrl, allowPrivate }), { connectionsPerHost: 400 });
  const worker = startWebhookWorker(db, {
    encryptionKey,
    client,
    onError: (error) => onError("Delivering webhooks", error),
  });
  return {
    async stop() {
      await worker.stop();
      client.close();
    },
  };
}
