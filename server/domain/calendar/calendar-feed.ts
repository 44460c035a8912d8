import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { hashToken, newToken } from "../accounts/secret-token.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { forbidden } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";

/** Whose visits an address shows. */
export type FeedOwner = { companyId: number; userId: number };

/** Since when the caller has a feed; null without one. Its address is shown once, when it is made. */
export async function getFeed(ctx: Ctx): Promise<{ createdAt: string } | null> {
  const row = await ctx.db.first(feedOf({ companyId: ctx.companyId, userId: requireUser(ctx) }));
  return row ?? null;
}

/** A new secret for the caller's feed; the one before is dead at once. */
export async function rotateFeed(ctx: Ctx): Promise<{ token: string; createdAt: string }> {
  const userId = requireUser(ctx);
  const secret = newToken();
  const createdAt = ctx.now().toISOString();
  await ctx.transact(async (tx) => {
    await tx.tx.run(writeFeed({ companyId: tx.companyId, userId, tokenHash: hashToken(secret), now: createdAt }));
    await recordEvent(tx, { type: "calendar_feed.rotated", subject: { kind: "user", id: userId } });
  });
  // The company stands before the secret, so that it is looked for in one company's keys.
  return { token: `${ctx.companyId}-${secret}`, createdAt };
}

export async function revokeFeed(ctx: Ctx): Promise<void> {
  const userId = requireUser(ctx);
  await ctx.transact(async (tx) => {
    const gone = await tx.tx.run(deleteFeed({ companyId: tx.companyId, userId }));
    if (gone > 0) await recordEvent(tx, { type: "calendar_feed.revoked", subject: { kind: "user", id: userId } });
  });
}

/** Whose feed this secret opens. */
export async function ownerOfFeed(db: Pick<Queries, "first">, token: string): Promise<FeedOwner | undefined> {
  const [, company, secret] = /^(\d{1,15})-([\w-]{43})$/.exec(token) ?? [];
  if (company === undefined || secret === undefined) return undefined;
  return db.first(feedByToken({ companyId: Number(company), tokenHash: hashToken(secret) }));
}

function requireUser(ctx: Ctx): number {
  const userId = actingUserId(ctx);
  if (userId === null) throw forbidden("A calendar belongs to a person; an API key has none.");
  return userId;
}

const feedOf = prepared<FeedOwner>()(
  (_db, arg) => sql<{ createdAt: string }>`
    select created_at as "createdAt" from calendar_feeds
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint`,
);

const feedByToken = prepared<{ companyId: number; tokenHash: Buffer }>()(
  (_db, arg) => sql<FeedOwner>`
    select company_id as "companyId", user_id as "userId" from calendar_feeds
    where company_id = ${arg("companyId")}::bigint and token_hash = ${arg("tokenHash")}::bytea`,
);

const writeFeed = prepared<FeedOwner & { tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<never>`
    insert into calendar_feeds (company_id, user_id, token_hash, created_at)
    values (${arg("companyId")}::bigint, ${arg("userId")}::bigint, ${arg("tokenHash")}::bytea, ${arg("now")}::timestamptz)
    on conflict (company_id, user_id) do update set token_hash = excluded.token_hash, created_at = excluded.created_at`,
);

const deleteFeed = prepared<FeedOwner>()(
  (_db, arg) => sql<never>`
    delete from calendar_feeds where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint`,
);
