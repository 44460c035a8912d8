import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { sealSecret } from "../accounts/seal-secret.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getWebhook, lockWebhook } from "./list-webhooks.ts";
import type { Webhook } from "./webhook.ts";
import { newWebhookSecret, secretContext } from "./webhook-secret.ts";
import type { WebhookDeps } from "./write-webhook.ts";

const bothSignMs = 24 * 3_600_000;

/** A new secret; the old one signs beside it for a day, in which the receiver changes over. */
export async function rotateWebhookSecret(
  ctx: Ctx,
  webhookId: number,
  { encryptionKey }: WebhookDeps,
): Promise<{ webhook: Webhook; secret: string }> {
  return ctx.transact(async (tx) => {
    await lockWebhook(tx, webhookId);
    const secret = newWebhookSecret();
    const secretSealed = sealSecret(encryptionKey, secret, secretContext(tx.companyId, webhookId));
    const now = tx.now();
    const until = new Date(now.getTime() + bothSignMs).toISOString();
    await tx.tx.run(replaceSecret({ companyId: tx.companyId, webhookId, secretSealed, until, now: now.toISOString() }));
    await recordEvent(tx, { type: "webhook.secret_rotated", subject: { kind: "webhook_endpoint", id: webhookId } });
    return { webhook: await getWebhook(tx, webhookId), secret };
  });
}

type Row = { companyId: number; webhookId: number; secretSealed: string; until: string; now: string };

const replaceSecret = prepared<Row>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints set previous_secret_sealed = secret_sealed, previous_secret_until = ${arg("until")}::timestamptz,
      secret_sealed = ${arg("secretSealed")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint`,
);
