import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** Marks one of the caller's notifications; the first reading time stays. */
export async function markRead(ctx: Ctx, notificationId: number): Promise<void> {
  const userId = actingUserId(ctx);
  if (userId === null) throw notFound("notification", notificationId);
  const now = ctx.now().toISOString();
  const written = await ctx.transact((tx) =>
    tx.tx.run(markOne({ companyId: tx.companyId, userId, notificationId, now })),
  );
  if (written === 0) throw notFound("notification", notificationId);
}

export async function markAllRead(ctx: Ctx): Promise<void> {
  const userId = actingUserId(ctx);
  if (userId === null) return;
  const now = ctx.now().toISOString();
  await ctx.transact((tx) => tx.tx.run(markAll({ companyId: tx.companyId, userId, now })));
}

const markOne = prepared<{ companyId: number; userId: number; notificationId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update notifications set read_at = coalesce(read_at, ${arg("now")}::timestamptz)
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and id = ${arg("notificationId")}::bigint`,
);

const markAll = prepared<{ companyId: number; userId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update notifications set read_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and read_at is null`,
);
