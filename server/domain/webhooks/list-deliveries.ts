import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { getWebhook } from "./list-webhooks.ts";
import {
  type DeliveryState,
  deliveryColumns,
  type WebhookDelivery,
  type WebhookDeliveryStory,
} from "./webhook-delivery.ts";

export type DeliveryQuery = { state?: DeliveryState; limit: number; cursor?: number };

/** What was and is to be sent to an endpoint, newest first. */
export async function listDeliveries(
  ctx: Ctx,
  webhookId: number,
  query: DeliveryQuery,
): Promise<Page<WebhookDelivery, number>> {
  await getWebhook(ctx, webhookId);
  const { limit, cursor = Number.MAX_SAFE_INTEGER, state } = query;
  const args = { companyId: ctx.companyId, webhookId, cursor, count: limit + 1 };
  const found = await ctx.db.all(statementFor(state)(args));
  return pageOf(found, limit, (delivery) => delivery.id);
}

export async function getDelivery(ctx: Ctx, webhookId: number, deliveryId: number): Promise<WebhookDeliveryStory> {
  const found = await ctx.db.first(deliveryById({ companyId: ctx.companyId, webhookId, deliveryId }));
  if (!found) throw notFound("delivery", deliveryId);
  return found;
}

type Args = { companyId: number; webhookId: number; cursor: number; count: number };

// A filter of its own each, spelled out, because a partial index serves only a constant.
const anyState = listing("true");
const delivered = listing("d.state = 'delivered'");
const queued = listing("d.state = 'queued' and d.state <> 'delivered'");
const failed = listing("d.state = 'failed' and d.state <> 'delivered'");

function statementFor(state: DeliveryState | undefined) {
  switch (state) {
    case undefined:
      return anyState;
    case "delivered":
      return delivered;
    case "queued":
      return queued;
    case "failed":
      return failed;
  }
}

function listing(condition: string) {
  return prepared<Args>()(
    (_db, arg) => sql<WebhookDelivery>`
      select ${deliveryColumns} from webhook_deliveries d
      join events e on e.company_id = d.company_id and e.id = d.event_id
      where d.company_id = ${arg("companyId")}::bigint and d.endpoint_id = ${arg("webhookId")}::bigint
        and d.id < ${arg("cursor")}::bigint and ${sql.raw(condition)}
      order by d.id desc limit ${arg("count")}::int`,
  );
}

const deliveryById = prepared<{ companyId: number; webhookId: number; deliveryId: number }>()(
  (_db, arg) => sql<WebhookDeliveryStory>`
    select ${deliveryColumns}, d.attempt_log as "attemptLog" from webhook_deliveries d
    join events e on e.company_id = d.company_id and e.id = d.event_id
    join webhook_endpoints w on w.company_id = d.company_id and w.id = d.endpoint_id and w.deleted_at is null
    where d.company_id = ${arg("companyId")}::bigint and d.endpoint_id = ${arg("webhookId")}::bigint
      and d.id = ${arg("deliveryId")}::bigint`,
);
