import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type LeadFilter, type LeadFilterArgs, leadFilterArgs, leadFilterSql } from "./lead-filter.ts";

/** Where counting stops: each lead's person is looked up for it. */
export const mostCounted = 10_000;

/** How many leads a filter finds, up to a number. */
export async function countLeads(ctx: Ctx, filter: LeadFilter): Promise<number> {
  // Without a name the plan is made for these values: of filters that may be absent it knows nothing otherwise.
  const statement = { ...countFound(leadFilterArgs(ctx, filter)), name: "" };
  return (await ctx.db.slow.first(statement))?.count ?? 0;
}

const countFound = prepared<LeadFilterArgs>()(
  (_db, arg) => sql<{ count: number }>`
    select count(*) as count from (
      select from leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
      where ${leadFilterSql(arg)} limit ${sql.lit(mostCounted)}
    ) found`,
);
