import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getWebhook, lockWebhook } from "./list-webhooks.ts";
import { type Missed, missedWhileDisabled } from "./missed-while-disabled.ts";
import type { Webhook } from "./webhook.ts";

/** Deliveries wait from here on. */
export async function pauseWebhook(ctx: Ctx, webhookId: number): Promise<Webhook> {
  return ctx.transact(async (tx) => {
    const webhook = await lockWebhook(tx, webhookId);
    if (webhook.pausedAt !== null) return webhook;
    await tx.tx.run(markPaused({ companyId: tx.companyId, webhookId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "webhook.paused", subject: { kind: "webhook_endpoint", id: webhookId } });
    return getWebhook(tx, webhookId);
  });
}

export type ResumedWebhook = Webhook & { missed: Missed | null };

/** Sends again, also after it was disabled; what waited goes out, what was missed while disabled is counted and wants a replay. */
export async function resumeWebhook(ctx: Ctx, webhookId: number): Promise<ResumedWebhook> {
  return ctx.transact(async (tx) => {
    const webhook = await lockWebhook(tx, webhookId);
    if (webhook.pausedAt === null && webhook.disabledAt === null) return { ...webhook, missed: null };
    const missed = await missedWhileDisabled(tx, webhook);
    await tx.tx.run(markResumed({ companyId: tx.companyId, webhookId, now: tx.now().toISOString() }));
    tx.tx.announce("webhook_deliveries");
    await recordEvent(tx, { type: "webhook.resumed", subject: { kind: "webhook_endpoint", id: webhookId } });
    return { ...(await getWebhook(tx, webhookId)), missed };
  });
}

type Args = { companyId: number; webhookId: number; now: string };

const markPaused = prepared<Args>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints set paused_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint`,
);

const markResumed = prepared<Args>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints set paused_at = null, disabled_at = null, disabled_reason = null, failing_since = null,
      resting_until = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint`,
);
