import { sql } from "kysely";
import { webhookEventTypes } from "../../../shared/webhook-events.ts";
import { prepared } from "../../db/prepared.ts";
import { sealSecret } from "../accounts/seal-secret.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { DomainError, type FieldProblem, invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { failWaiting } from "./fail-waiting.ts";
import { hostOf } from "./host-of.ts";
import { getWebhook, lockWebhook } from "./list-webhooks.ts";
import type { Webhook } from "./webhook.ts";
import { newWebhookSecret, secretContext } from "./webhook-secret.ts";

export type WebhookDeps = {
  /** Seals secrets; 32 bytes as base64url. */
  encryptionKey: string;
  /** What is wrong with an address, as in "must begin with https://"; undefined where nothing is. */
  faultOfUrl: (url: string) => string | undefined;
};

export type WebhookFields = { url: string; eventTypes: string[]; description?: string };

/** Every event is matched against all of them. */
const mostPerCompany = 50;
const longestUrl = 2_000;

/** A new endpoint; the secret is given out here and at a rotation, never again. */
export async function createWebhook(
  ctx: Ctx,
  fields: WebhookFields,
  deps: WebhookDeps,
): Promise<{ webhook: Webhook; secret: string }> {
  check(fields, deps);
  return ctx.transact(async (tx) => {
    await tx.tx.first(lockCompany({ companyId: tx.companyId }));
    const slot = await tx.tx.first(nextSlot({ companyId: tx.companyId }));
    if (!slot || slot.others >= mostPerCompany) throw tooMany();
    const secret = newWebhookSecret();
    const secretSealed = sealSecret(deps.encryptionKey, secret, secretContext(tx.companyId, slot.id));
    const { url, eventTypes, description = "" } = fields;
    const row = { companyId: tx.companyId, webhookId: slot.id, url, eventTypes, description, secretSealed };
    await tx.tx.run(insertWebhook({ ...row, userId: actingUserId(tx), now: tx.now().toISOString() }));
    await record(tx, "webhook.created", slot.id, { after: journalled(fields) });
    return { webhook: await getWebhook(tx, slot.id), secret };
  });
}

export async function updateWebhook(
  ctx: Ctx,
  webhookId: number,
  patch: Partial<WebhookFields>,
  deps: WebhookDeps,
  options: { ifVersion?: number } = {},
): Promise<Webhook> {
  return ctx.transact(async (tx) => {
    const webhook = await lockWebhook(tx, webhookId, options);
    const before = { url: webhook.url, eventTypes: webhook.eventTypes, description: webhook.description };
    const after = { ...before, ...patch };
    // Settings may have become stricter since the address was written; that hinders no other change.
    check(after, after.url === before.url ? { faultOfUrl: () => undefined } : deps);
    if (!changedFields(before, after)) return webhook;
    await tx.tx.run(writeFields({ companyId: tx.companyId, webhookId, ...after, now: tx.now().toISOString() }));
    await record(tx, "webhook.updated", webhookId, changedFields(journalled(before), journalled(after)) ?? {});
    return getWebhook(tx, webhookId);
  });
}

/** What was still to be sent to it is sent no more. */
export async function deleteWebhook(ctx: Ctx, webhookId: number, options: { ifVersion?: number } = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { url } = await lockWebhook(tx, webhookId, options);
    await failWaiting(tx, webhookId, "The webhook was deleted.");
    await tx.tx.run(markDeleted({ companyId: tx.companyId, webhookId, now: tx.now().toISOString() }));
    await record(tx, "webhook.deleted", webhookId, { before: { host: hostOf(url) } });
  });
}

function check({ url, eventTypes }: WebhookFields, { faultOfUrl }: Pick<WebhookDeps, "faultOfUrl">): void {
  const fault = url.length > longestUrl ? `must have at most ${longestUrl} characters` : faultOfUrl(url);
  const problems: FieldProblem[] = fault === undefined ? [] : [{ path: "url", message: `url ${fault}` }];
  if (eventTypes.length === 0)
    problems.push({ path: "eventTypes", message: 'eventTypes must name an event type, or "*"' });
  for (const [at, type] of eventTypes.entries()) {
    if (type === "*" || webhookEventTypes.includes(type)) continue;
    problems.push({ path: `eventTypes.${at}`, message: `"${type}" is none of the types at /v1/webhook-event-types` });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
  if (new Set(eventTypes).size < eventTypes.length) throw invalid("eventTypes", "eventTypes names a type twice");
}

// Everybody reads the journal, and an address can hold a token.
function journalled({ url, eventTypes, description = "" }: WebhookFields) {
  return { host: hostOf(url), event_types: eventTypes, description };
}

function record(tx: TxCtx, type: string, id: number, change: Partial<ReturnType<typeof changedFields>>): Promise<void> {
  return recordEvent(tx, { type, subject: { kind: "webhook_endpoint", id }, ...change });
}

function tooMany(): DomainError {
  return new DomainError({ kind: "conflict", message: `A company has at most ${mostPerCompany} webhooks.` });
}

// Two that come at once count each other: the count is a statement of its own, because one that waited for the lock would still
// see what was there before it.
const lockCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`select id from companies where id = ${arg("companyId")}::bigint for no key update`,
);

const nextSlot = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number; others: number }>`
    select nextval('webhook_endpoints_id_seq') as id, count(*) as others from webhook_endpoints
    where company_id = ${arg("companyId")}::bigint and deleted_at is null`,
);

type Row = {
  companyId: number;
  webhookId: number;
  url: string;
  eventTypes: string[];
  description: string;
  now: string;
};

const insertWebhook = prepared<Row & { secretSealed: string; userId: number | null }>()(
  (_db, arg) => sql<never>`
    insert into webhook_endpoints (company_id, id, url, event_types, description, secret_sealed, created_by, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("webhookId")}::bigint, ${arg("url")}::text, ${arg("eventTypes")}::text[],
      ${arg("description")}::text, ${arg("secretSealed")}::text, ${arg("userId")}::bigint, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz)`,
);

const writeFields = prepared<Row>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints set url = ${arg("url")}::text, event_types = ${arg("eventTypes")}::text[],
      description = ${arg("description")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint`,
);

const markDeleted = prepared<{ companyId: number; webhookId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints set deleted_at = ${arg("now")}::timestamptz, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint`,
);
