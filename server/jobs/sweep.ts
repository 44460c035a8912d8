import type { Db } from "../db/connection.ts";
import { sweepAccounts } from "../domain/accounts/sweep-accounts.ts";
import type { AttachmentFiles } from "../domain/attachments/attachment-files.ts";
import { sweepAttachments } from "../domain/attachments/sweep-attachments.ts";
import { dropOldDeliveries } from "../domain/conversations/claim-deliveries.ts";
import { sweepEarly } from "../domain/conversations/sweep-early.ts";
import { dropExpiredKeys } from "../domain/idempotency/idempotency-keys.ts";
import { dropOldNotifications } from "../domain/notifications/sweep-notifications.ts";
import { sweepSimulator } from "../domain/simulator/sweep-simulator.ts";
import { dropOldWebhookDeliveries } from "../domain/webhooks/sweep-deliveries.ts";

const batch = 5_000;
const dayMs = 86_400_000;
/** Meta retries for up to seven days; a month leaves time to mend a parser and replay, and to bring a deleted file back. */
const keepDeliveriesMs = 30 * dayMs;
/** Who comes back after half a year begins with an empty bell. */
const keepNotificationsMs = 180 * dayMs;

/** Drops what has had its day, in bounded batches: processed webhook bodies, what waited for a message, expired keys, sessions and limits. */
export async function sweep(db: Db, files: AttachmentFiles): Promise<void> {
  const before = new Date(Date.now() - keepDeliveriesMs);
  while ((await dropOldDeliveries(db, before, batch)) === batch);
  while ((await sweepEarly(db, before, batch)) === batch);
  while ((await dropOldWebhookDeliveries(db, before, batch)) === batch);
  while ((await dropExpiredKeys(db, batch)) === batch);
  while ((await dropOldNotifications(db, new Date(Date.now() - keepNotificationsMs), batch)) === batch);
  while ((await sweepAttachments(db, files, { before, most: 500 })) === 500);
  await sweepSimulator(db, before, batch);
  await sweepAccounts(db);
}
