import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { requireVersion } from "../require-version.ts";
import { type Webhook, webhookColumns } from "./webhook.ts";

/** The company's endpoints, newest first. */
export async function listWebhooks(
  ctx: Ctx,
  query: { limit: number; cursor?: number },
): Promise<Page<Webhook, number>> {
  const { limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const found = await ctx.db.all(webhooksBefore({ companyId: ctx.companyId, cursor, count: limit + 1 }));
  return pageOf(found, limit, (webhook) => webhook.id);
}

export async function getWebhook(ctx: Ctx, webhookId: number): Promise<Webhook> {
  const webhook = await ctx.db.first(webhookById({ companyId: ctx.companyId, webhookId }));
  if (!webhook) throw notFound("webhook", webhookId);
  return webhook;
}

/** The endpoint as it is, kept so until the transaction ends. */
export async function lockWebhook(
  tx: TxCtx,
  webhookId: number,
  options: { ifVersion?: number } = {},
): Promise<Webhook> {
  const row = await tx.tx.first(webhookForUpdate({ companyId: tx.companyId, webhookId }));
  if (!row) throw notFound("webhook", webhookId);
  const webhook = await getWebhook(tx, webhookId);
  requireVersion("webhook", webhook.version, options.ifVersion);
  return webhook;
}

const webhooksBefore = prepared<{ companyId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<Webhook>`
    select ${webhookColumns} from webhook_endpoints w
    where w.company_id = ${arg("companyId")}::bigint and w.id < ${arg("cursor")}::bigint and w.deleted_at is null
    order by w.id desc limit ${arg("count")}::int`,
);

const webhookById = prepared<{ companyId: number; webhookId: number }>()(
  (_db, arg) => sql<Webhook>`
    select ${webhookColumns} from webhook_endpoints w
    where w.company_id = ${arg("companyId")}::bigint and w.id = ${arg("webhookId")}::bigint and w.deleted_at is null`,
);

const webhookForUpdate = prepared<{ companyId: number; webhookId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from webhook_endpoints
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint and deleted_at is null for update`,
);
