import { sql } from "kysely";
import type { Json } from "../../../../shared/json.ts";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import type { WantedSend } from "../send-decision.ts";
import type { ChannelFacts } from "../send-facts.ts";
import { tierLimitOf } from "./tier-limit.ts";
import { troubleOf } from "./trouble-of.ts";

export type LoadedChannel = { facts: ChannelFacts; portfolioIds: number[] };

/** The numbers that the list names, with their health, their pause, their month and the portfolio's tier. */
export async function loadChannels(ctx: Ctx, wanted: WantedSend[], now: Date): Promise<Map<number, LoadedChannel>> {
  const ids = [...new Set(wanted.map(({ channelAccountId }) => channelAccountId))];
  const rows = await ctx.db.all(
    channelsOf({ companyId: ctx.companyId, ids, monthOn: `${now.toISOString().slice(0, 7)}-01` }),
  );
  const limited = rows.filter((row) => tierLimitOf(row) !== null);
  const portfolios = new Map(limited.map((row) => [row.portfolio, row.portfolioIds]));
  const tiers = await Promise.all(
    [...portfolios].map(async ([name, members]) => [name, await tierOf(ctx, members, now)] as const),
  );
  const tierByPortfolio = new Map(tiers);
  return new Map(
    rows.map((row) => [
      row.id,
      { facts: factsOf(row, tierByPortfolio.get(row.portfolio)), portfolioIds: row.portfolioIds },
    ]),
  );
}

function factsOf(row: Row, tier: Tier | undefined): ChannelFacts {
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    wabaId: row.wabaId,
    portfolio: row.portfolio,
    ...troubleOf(row),
    pausedUntil: row.pausedUntil === null ? null : new Date(row.pausedUntil),
    pauseReason: row.pauseReason,
    tierLimit: tierLimitOf(row),
    tierUsed: tier?.used ?? 0,
    tierFreeAt: (tier?.freeAtMs ?? []).map((at) => new Date(at)),
    deliveredThisMonth: row.delivered,
  };
}

async function tierOf(ctx: Ctx, members: number[], now: Date): Promise<Tier> {
  const since = new Date(now.getTime() - 24 * 3_600_000).toISOString();
  const row = await ctx.db.first(peopleOutsideWindow({ companyId: ctx.companyId, members, since }));
  return row ?? { used: 0, freeAtMs: null };
}

type Tier = { used: number; freeAtMs: number[] | null };

type Row = {
  id: number;
  provider: string;
  name: string;
  status: string;
  wabaId: string | null;
  quality: string | null;
  messagingLimit: string | null;
  portfolioLimit: string | null;
  health: Json;
  portfolio: string;
  portfolioIds: number[];
  pausedUntil: string | null;
  pauseReason: string | null;
  delivered: number;
};

// A portfolio is one business; where WhatsApp has not told us its id yet, the account, and without that the number alone.
const channelsOf = prepared<{ companyId: number; ids: number[]; monthOn: string }>()(
  (_db, arg) => sql<Row>`
    with numbers as (
      select id, provider, name, status, waba_id, quality, messaging_limit, health,
        coalesce('business ' || business_id, 'account ' || waba_id, 'number ' || id) as portfolio
      from channel_accounts where company_id = ${arg("companyId")}::bigint
    )
    select a.id, a.provider, a.name, a.status, a.waba_id as "wabaId", a.quality, a.messaging_limit as "messagingLimit", a.health, a.portfolio,
      p.ids as "portfolioIds", p.messaging_limit as "portfolioLimit", r.paused_until as "pausedUntil", r.pause_reason as "pauseReason",
      coalesce(d.delivered, 0)::int as delivered
    from numbers a
    cross join lateral (
      select jsonb_agg(b.id) as ids, min(b.messaging_limit) as messaging_limit from numbers b where b.portfolio = a.portfolio
    ) p
    left join number_rates r on r.company_id = ${arg("companyId")}::bigint and r.channel_account_id = a.id
    left join lateral (
      select sum(delivered) as delivered from channel_months
      where company_id = ${arg("companyId")}::bigint and channel_account_id = a.id and month_on = ${arg("monthOn")}::date
        and category in ('service', 'utility_in_window')
    ) d on true
    where a.id = any(${arg("ids")}::bigint[])`,
);

// Unique people in 24 hours; each stops counting a day after the last message, and a thousand such times are enough for one list.
const peopleOutsideWindow = prepared<{ companyId: number; members: number[]; since: string }>()(
  (_db, arg) => sql<Tier>`
    with people as (
      select contact_id, max(called_at) as last_at from outbound_sends
      where company_id = ${arg("companyId")}::bigint and channel_account_id = any(${arg("members")}::bigint[])
        and outside_window and called_at > ${arg("since")}::timestamptz and state not in ('failed', 'cancelled')
      group by contact_id
    )
    select (select count(*) from people)::int as used,
      (select jsonb_agg((extract(epoch from last_at + interval '24 hours') * 1000)::bigint order by last_at)
        from (select last_at from people order by last_at limit 1000) soonest) as "freeAtMs"`,
);
