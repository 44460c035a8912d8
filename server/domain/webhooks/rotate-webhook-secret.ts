import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { sealSecret } from "../accounts/seal-secret.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getWebhook, lockWebhook } from "./list-webhooks.ts";
import type { Webhook } from "./webhook.ts";
import { newWebhookSecret, secretContext } from "./webhook-secret.ts";
import type { WebhookDeps } from "./write-webhook.ts";

const signsOnMs = 24 * 3_600_000;
/** So that a header stays small, whoever rotates all day. */
const mostEarlier = 10;

/** A new secret; the old one signs beside it for a day, in which the receiver changes over, and so do those whose day has not ended. */
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
    const until = new Date(now.getTime() + signsOnMs).toISOString();
    await tx.tx.run(replaceSecret({ companyId: tx.companyId, webhookId, secretSealed, until, now: now.toISOString() }));
    await recordEvent(tx, { type: "webhook.secret_rotated", subject: { kind: "webhook_endpoint", id: webhookId } });
    return { webhook: await getWebhook(tx, webhookId), secret };
  });
}

type Row = { companyId: number; webhookId: number; secretSealed: string; until: string; now: string };

const replaceSecret = prepared<Row>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints set
      earlier_secrets = jsonb_build_array(jsonb_build_object('sealed', secret_sealed, 'until', ${arg("until")}::timestamptz)) || coalesce((
        select jsonb_agg(e.earlier order by e.place) from jsonb_array_elements(earlier_secrets) with ordinality e (earlier, place)
        where (e.earlier->>'until')::timestamptz > ${arg("now")}::timestamptz and e.place < ${sql.lit(mostEarlier)}
      ), '[]'),
      secret_sealed = ${arg("secretSealed")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint`,
);
