import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** Who a person is today: themselves, or whom they were merged into, however often. */
export async function survivorOf(ctx: Ctx, contactId: number): Promise<number> {
  return (await ctx.db.first(endOfChain({ companyId: ctx.companyId, contactId })))?.id ?? contactId;
}

// Merging refuses circles, and a person is merged away once at a time; the depth bounds it nevertheless.
const endOfChain = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    with recursive chain as (
      select id, merged_into_id, 0 as depth from contacts
      where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint
      union all
      select c.id, c.merged_into_id, depth + 1 from chain
      join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = chain.merged_into_id
      where depth < 100
    )
    select id from chain order by depth desc limit 1`,
);
