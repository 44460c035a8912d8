import { sql } from "kysely";
import { type Json, jsonObjectOf, textOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

type Word = { channelAccountId: number; things: string[]; at: Date };

/**
 * Which of these things of a number an event of that time may set: those that no later event has set. Their time is noted. Events of
 * one moment all count, because the same one is never applied twice; none count that are older than the number's connection.
 */
export async function takeLatest(tx: TxCtx, { channelAccountId, things, at }: Word): Promise<Set<string>> {
  if (things.length === 0) return new Set();
  const key = { companyId: tx.companyId, id: channelAccountId };
  const account = await tx.tx.first(selectTimes(key));
  if (!account || (account.connectedAt !== null && at.getTime() < wholeSecond(account.connectedAt))) return new Set();
  const times = jsonObjectOf(account.told_at) ?? {};
  const open = things.filter((thing) => Date.parse(textOf(times[thing]) ?? "1970-01-01") <= at.getTime());
  if (open.length > 0) {
    const news = Object.fromEntries(open.map((thing) => [thing, at.toISOString()]));
    await tx.tx.run(writeTimes({ ...key, news: JSON.stringify(news) }));
  }
  return new Set(open);
}

/** WhatsApp tells seconds: what happened just after the connection would be older than it by its milliseconds. */
function wholeSecond(time: string): number {
  return Math.floor(Date.parse(time) / 1000) * 1000;
}

const selectTimes = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ told_at: Json; connectedAt: string | null }>`
    select told_at, connected_at as "connectedAt" from channel_accounts where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const writeTimes = prepared<{ companyId: number; id: number; news: string }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set told_at = told_at || ${arg("news")}::jsonb
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
