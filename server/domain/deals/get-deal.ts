import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Deal, type DealRow, dealColumns, dealOf, dealSource } from "./deal.ts";

export async function getDeal(ctx: Ctx, dealId: number): Promise<Deal> {
  const row = await ctx.db.first(dealById({ companyId: ctx.companyId, dealId, ...reachArgs(ctx) }));
  if (!row) throw notFound("deal", dealId);
  return dealOf(row);
}

/** What was once made under this key, deleted or not: a deleted one is not made again. */
export async function findDealByOrigin(ctx: Ctx, originKey: string): Promise<Deal | undefined> {
  const row = await ctx.db.first(dealByOrigin({ companyId: ctx.companyId, originKey, ...reachArgs(ctx) }));
  return row && dealOf(row);
}

const dealById = prepared<{ companyId: number; dealId: number } & ReachArgs>()(
  (_db, arg) => sql<DealRow>`
    select ${dealColumns} from ${dealSource}
    where d.company_id = ${arg("companyId")}::bigint and d.id = ${arg("dealId")}::bigint and d.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);

const dealByOrigin = prepared<{ companyId: number; originKey: string } & ReachArgs>()(
  (_db, arg) => sql<DealRow>`
    select ${dealColumns} from ${dealSource}
    where d.company_id = ${arg("companyId")}::bigint and d.origin_key = ${arg("originKey")}::text
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
