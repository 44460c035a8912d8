import { sql } from "kysely";
import { webhookTestType } from "../../../shared/webhook-events.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { getDelivery } from "./list-deliveries.ts";
import { lockWebhook } from "./list-webhooks.ts";
import type { WebhookDeliveryStory } from "./webhook-delivery.ts";

/** Sends an endpoint an event of its own, whatever it subscribes to. */
export async function testWebhook(ctx: Ctx, webhookId: number): Promise<WebhookDeliveryStory> {
  return ctx.transact(async (tx) => {
    const { disabledAt, pausedAt } = await lockWebhook(tx, webhookId);
    if (disabledAt !== null || pausedAt !== null)
      throw new DomainError({ kind: "conflict", message: "This webhook is not sending; resume it first." });
    const dedupeKey = `${webhookTestType}:${webhookId}:${crypto.randomUUID()}`;
    const subject = { kind: "webhook_endpoint", id: webhookId } as const;
    await recordEvent(tx, { type: webhookTestType, subject, dedupeKey });
    const args = { companyId: tx.companyId, webhookId, dedupeKey, now: tx.now().toISOString() };
    const row = await tx.tx.first(queueTest(args));
    if (!row) throw new Error("the test event was not found in its own transaction");
    tx.tx.announce("webhook_deliveries");
    return getDelivery(tx, webhookId, row.id);
  });
}

const queueTest = prepared<{ companyId: number; webhookId: number; dedupeKey: string; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into webhook_deliveries (company_id, endpoint_id, event_id, next_attempt_at, created_at)
    select company_id, ${arg("webhookId")}::bigint, id, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from events where company_id = ${arg("companyId")}::bigint and dedupe_key = ${arg("dedupeKey")}::text
    returning id`,
);
