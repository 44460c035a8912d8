import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { type Page, pageOf, type TimeCursor } from "../page.ts";
import { getProvider, lockProvider } from "./list-providers.ts";

/** A provider is away; appointments that stand in it already stay. */
export type TimeOff = { id: number; startsAt: string; endsAt: string; reason: string | null };

/** What has not ended yet, next end first. */
export async function listTimeOff(
  ctx: Ctx,
  providerId: number,
  query: { limit: number; cursor?: TimeCursor },
): Promise<Page<TimeOff, TimeCursor>> {
  await getProvider(ctx, providerId);
  const { limit, cursor = { at: ctx.now().toISOString(), id: 0 } } = query;
  const rows = await ctx.db.all(timeOffAfter({ companyId: ctx.companyId, providerId, ...cursor, count: limit + 1 }));
  return pageOf(rows, limit, ({ id, endsAt }) => ({ at: endsAt, id }));
}

export async function takeTimeOff(
  ctx: Ctx,
  providerId: number,
  input: { startsAt: string; endsAt: string; reason?: string | null },
): Promise<TimeOff> {
  const startsAt = instantOf("startsAt", input.startsAt);
  const endsAt = instantOf("endsAt", input.endsAt);
  if (endsAt <= startsAt) throw invalid("endsAt", "endsAt must lie after the start");
  const { reason = null } = input;
  if (reason && reason.length > 1000) throw invalid("reason", "reason has at most 1000 characters");
  return ctx.transact(async (tx) => {
    await lockProvider(tx, providerId);
    const args = { companyId: tx.companyId, providerId, startsAt, endsAt, reason, now: tx.now().toISOString() };
    const row = await tx.tx.first(insertTimeOff(args));
    if (!row) throw new Error("an insert gave no row");
    const after = { startsAt: row.startsAt, endsAt: row.endsAt };
    await recordEvent(tx, { type: "provider.time_off_taken", subject: { kind: "provider", id: providerId }, after });
    return row;
  });
}

export async function cancelTimeOff(ctx: Ctx, providerId: number, timeOffId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const row = await tx.tx.first(deleteTimeOff({ companyId: tx.companyId, providerId, timeOffId }));
    if (!row) throw notFound("time off", timeOffId);
    await recordEvent(tx, {
      type: "provider.time_off_cancelled",
      subject: { kind: "provider", id: providerId },
      before: row,
    });
  });
}

type After = { companyId: number; providerId: number; at: string; id: number; count: number };

const timeOffAfter = prepared<After>()(
  (_db, arg) => sql<TimeOff>`
    select id, starts_at as "startsAt", ends_at as "endsAt", reason from provider_time_off
    where company_id = ${arg("companyId")}::bigint and provider_id = ${arg("providerId")}::bigint
      and (ends_at, id) > (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by ends_at, id limit ${arg("count")}::int`,
);

type Insert = {
  companyId: number;
  providerId: number;
  startsAt: string;
  endsAt: string;
  reason: string | null;
  now: string;
};

const insertTimeOff = prepared<Insert>()(
  (_db, arg) => sql<TimeOff>`
    insert into provider_time_off (company_id, provider_id, starts_at, ends_at, reason, created_at)
    values (${arg("companyId")}::bigint, ${arg("providerId")}::bigint, ${arg("startsAt")}::timestamptz, ${arg("endsAt")}::timestamptz,
      ${arg("reason")}::text, ${arg("now")}::timestamptz)
    returning id, starts_at as "startsAt", ends_at as "endsAt", reason`,
);

const deleteTimeOff = prepared<{ companyId: number; providerId: number; timeOffId: number }>()(
  (_db, arg) => sql<{ startsAt: string; endsAt: string }>`
    delete from provider_time_off where company_id = ${arg("companyId")}::bigint and provider_id = ${arg("providerId")}::bigint
      and id = ${arg("timeOffId")}::bigint
    returning starts_at as "startsAt", ends_at as "endsAt"`,
);
