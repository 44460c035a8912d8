import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";

/** How often a mail was opened and its links followed. Machines stand apart: a mail program's proxy loads every picture. */
export type Visits = { opens: number; clicks: number; byMachines: number };

/** By the mails' message ids; without an entry where nothing was seen. */
export async function countVisits(ctx: Ctx, messageIds: number[]): Promise<Map<number, Visits>> {
  if (messageIds.length === 0) return new Map();
  const rows = await ctx.db.all(visitsOf({ companyId: ctx.companyId, messageIds }));
  return new Map(rows.map(({ messageId, ...visits }) => [messageId, visits]));
}

const visitsOf = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<Visits & { messageId: number }>`
    select l.message_id as "messageId", count(*) filter (where l.url is null and v.visitor = 'person') as opens,
      count(*) filter (where l.url is not null and v.visitor = 'person') as clicks,
      count(*) filter (where v.visitor <> 'person') as "byMachines"
    from tracked_links l join link_visits v on v.company_id = l.company_id and v.link_id = l.id
    where l.company_id = ${arg("companyId")}::bigint and l.message_id = any(${arg("messageIds")}::bigint[])
    group by l.message_id`,
);
