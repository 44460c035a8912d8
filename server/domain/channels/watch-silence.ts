import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { clearChannelProblem, markChannelProblem } from "./mark-channel-problem.ts";

const hourMs = 3_600_000;
/** Fewer messages a week say nothing about silence. */
const leastTraffic = 20;
const shortestHours = 6;

/** A number that usually hears from people and has heard nothing for far longer than usual: its webhooks may be lost. */
export async function watchSilence(ctx: Ctx, channelAccountId: number): Promise<void> {
  const now = ctx.now();
  const since = new Date(now.getTime() - 7 * 24 * hourMs).toISOString();
  const traffic = await ctx.db.first(weekOf({ companyId: ctx.companyId, channelAccountId, since }));
  if (!traffic?.lastAt) return;
  const silentHours = (now.getTime() - Date.parse(traffic.lastAt)) / hourMs;
  const usualHours = (7 * 24) / Math.max(traffic.messages, 1);
  const isSilent = traffic.messages >= leastTraffic && silentHours > Math.max(shortestHours, 12 * usualHours);
  const key = { channelAccountId, problem: "silence" } as const;
  const details = `Nothing has come for ${Math.floor(silentHours)} hours; ${traffic.messages} messages came in the week before.`;
  await ctx.transact((tx) => (isSilent ? markChannelProblem(tx, { ...key, details }) : clearChannelProblem(tx, key)));
}

// A thousand are enough to know that a number is busy.
const weekOf = prepared<{ companyId: number; channelAccountId: number; since: string }>()(
  (_db, arg) => sql<{ messages: number; lastAt: string | null }>`
    select count(*)::int as messages, greatest(max(sent_at),
      (select greatest(last_inbound_at, last_status_at) from number_rates
        where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint)) as "lastAt"
    from (
      select sent_at from messages
      where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint and direction = 'in'
        and sent_at > ${arg("since")}::timestamptz
      order by sent_at desc limit 1000
    ) week`,
);
