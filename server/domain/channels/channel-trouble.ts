import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { type ChannelProblem, titleOfProblem } from "./channel-problem.ts";

export type ChannelTrouble = { company: string; name: string; problem: ChannelProblem; title: string; since: string };

/** Every number of this installation that something is wrong with, the oldest trouble first. */
export async function channelTrouble(db: Pick<Queries, "all">, limit: number): Promise<ChannelTrouble[]> {
  const rows = await db.all(selectTrouble({ limit }));
  return rows.map(({ provider, ...row }) => ({ ...row, title: titleOfProblem(row.problem, provider) }));
}

const selectTrouble = prepared<{ limit: number }>()(
  (_db, arg) => sql<Omit<ChannelTrouble, "title"> & { provider: string }>`
    select c.slug as company, a.name, a.provider, p.key as problem, p.value ->> 'since' as since
    from channel_accounts a join companies c on c.id = a.company_id
    cross join lateral jsonb_each(coalesce(a.health -> 'problems', '{}')) p
    order by since, a.id limit ${arg("limit")}::int`,
);
