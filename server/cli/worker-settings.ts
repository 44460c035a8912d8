import type { Config } from "../config.ts";
import type { WorkerSettings } from "../jobs/start-workers.ts";
import type { Secrets } from "../secrets.ts";

/** What the workers need of settings and secrets. Workers of one installation must share the data folder's secrets. */
export function workerSettings(config: Config, secrets: Secrets, onError: WorkerSettings["onError"]): WorkerSettings {
  return {
    encryptionKey: secrets.encryptionKey,
    appSecret: config.whatsapp.appSecret ?? secrets.webhookSecret,
    graphUrl: config.whatsapp.graphUrl,
    dataDir: config.dataDir,
    publicUrl: config.publicUrl,
    onError,
  };
}
