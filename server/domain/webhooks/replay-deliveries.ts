import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { getDelivery } from "./list-deliveries.ts";
import { lockWebhook } from "./list-webhooks.ts";
import { replayReach, wantedTypes } from "./missed-while-disabled.ts";
import type { Webhook } from "./webhook.ts";
import type { WebhookDeliveryStory } from "./webhook-delivery.ts";

/** Sends one delivery again, whatever came of it, with all its attempts to come; the id that receivers see stays. */
export async function replayDelivery(ctx: Ctx, webhookId: number, deliveryId: number): Promise<WebhookDeliveryStory> {
  return ctx.transact(async (tx) => {
    requireSending(await lockWebhook(tx, webhookId));
    await getDelivery(tx, webhookId, deliveryId);
    await tx.tx.run(requeue({ companyId: tx.companyId, webhookId, deliveryId, now: tx.now().toISOString() }));
    tx.tx.announce("webhook_deliveries");
    return getDelivery(tx, webhookId, deliveryId);
  });
}

/** Of the newest 10,000 events; `hasMore` says that there were more. */
export type Replay = { queued: number; hasMore: boolean };

/** Sends what an endpoint did not get since a time: what failed, and what happened while it was disabled or not there. */
export async function replaySince(ctx: Ctx, webhookId: number, since: string): Promise<Replay> {
  if (Date.parse(since) < ctx.now().getTime() - replayReach.oldestMs)
    throw invalid("since", "since lies more than 30 days back");
  return ctx.transact(async (tx) => {
    const webhook = await lockWebhook(tx, webhookId);
    requireSending(webhook);
    const args = {
      companyId: tx.companyId,
      webhookId,
      types: wantedTypes(webhook),
      since,
      most: replayReach.mostEvents,
    };
    const queued = await tx.tx.run(queueMissed({ ...args, now: tx.now().toISOString() }));
    if (queued > 0) tx.tx.announce("webhook_deliveries");
    return { queued, hasMore: await hasMore(tx, args) };
  });
}

function requireSending({ disabledAt }: Webhook): void {
  if (disabledAt === null) return;
  throw new DomainError({ kind: "conflict", message: "This webhook is disabled; resume it first." });
}

type ReplayArgs = { companyId: number; webhookId: number; types: string[]; since: string; most: number };

async function hasMore(tx: TxCtx, args: ReplayArgs): Promise<boolean> {
  return (await tx.tx.first(oneBeyond(args))) !== undefined;
}

const requeue = prepared<{ companyId: number; webhookId: number; deliveryId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update webhook_deliveries set state = 'queued', tries = 0, next_attempt_at = ${arg("now")}::timestamptz, lease_expires_at = null,
      finished_at = null
    where company_id = ${arg("companyId")}::bigint and endpoint_id = ${arg("webhookId")}::bigint and id = ${arg("deliveryId")}::bigint`,
);

// Newest first along the key, because the time an event was written at has no index of its own.
const queueMissed = prepared<ReplayArgs & { now: string }>()(
  (_db, arg) => sql<never>`
    insert into webhook_deliveries (company_id, endpoint_id, event_id, next_attempt_at, created_at)
    select ${arg("companyId")}::bigint, ${arg("webhookId")}::bigint, newest.id, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from (
      select id, created_at from events where company_id = ${arg("companyId")}::bigint and type = any(${arg("types")}::text[])
      order by id desc limit ${arg("most")}::int
    ) newest
    where newest.created_at >= ${arg("since")}::timestamptz
    on conflict (company_id, endpoint_id, event_id) do update set state = 'queued', tries = 0,
      next_attempt_at = excluded.next_attempt_at, lease_expires_at = null, finished_at = null
    where webhook_deliveries.state = 'failed'`,
);

const oneBeyond = prepared<ReplayArgs>()(
  (_db, arg) => sql<{ id: number }>`
    select beyond.id from (
      select id, created_at from events where company_id = ${arg("companyId")}::bigint and type = any(${arg("types")}::text[])
      order by id desc offset ${arg("most")}::int limit 1
    ) beyond
    where beyond.created_at >= ${arg("since")}::timestamptz`,
);
