import { createOutboundClient } from "../channels/egress/outbound-client.ts";
import { createMemberMailer } from "../channels/email/member-mailer.ts";
import { createPushSender } from "../channels/web-push/push-sender.ts";
import type { Db } from "../db/connection.ts";
import { outboundPolicy } from "../domain/outbound-addresses/outbound-policy.ts";
import { startNotificationWorker } from "./notification-worker.ts";
import type { WorkerSettings } from "./start-workers.ts";

type Settings = Pick<WorkerSettings, "encryptionKey" | "publicUrl" | "allowPrivateWebhooks" | "onError">;

/** Notifications with their ways out: the company's e-mail account, and the push services that browsers name. */
export function startNotifications(db: Db, settings: Settings): { stop: () => Promise<void> } {
  const { encryptionKey, publicUrl, allowPrivateWebhooks: allowPrivate, onError } = settings;
  const client = createOutboundClient(outboundPolicy({ publicUrl, allowPrivate }));
  const worker = startNotificationWorker(db, {
    mailer: createMemberMailer({ db, encryptionKey, policy: { allowPrivate } }),
    pusher: createPushSender({ client, encryptionKey, publicUrl }),
    publicUrl,
    onError: (error) => onError("Notifying", error),
  });
  return {
    async stop() {
      await worker.stop();
      client.close();
    },
  };
}
