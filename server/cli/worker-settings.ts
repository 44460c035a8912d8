import type { Config } from "../config.ts";
import type { WorkerSettings } from "../jobs/start-workers.ts";
import type { Secrets } from "../secrets.ts";

/** What the workers need of settings and secrets. Workers of one installation must share the data folder's secrets. */
export function workerSettings(config: Config, secrets: Secrets, onError: WorkerSettings["onError"]): WorkerSettings {
  return {
    encryptionKey: secrets.encryptionKey,
    appSecret: config.whatsapp.appSecret ?? secrets.webhookSecret,
    graphUrl: config.whatsapp.graphUrl,
    whatsappApp: metaApp(config),
    dataDir: config.dataDir,
    filesBucket: config.filesBucket,
    publicUrl: config.publicUrl,
    allowPrivateWebhooks: config.allowPrivateWebhooks,
    smtp: config.smtp,
    onError,
  };
}

/** Our app at Meta, where the settings name it with its secret. */
export function metaApp({ whatsapp: { appId, appSecret } }: Config): { id: string; secret: string } | undefined {
  return appId !== undefined && appSecret !== undefined ? { id: appId, secret: appSecret } : undefined;
}
