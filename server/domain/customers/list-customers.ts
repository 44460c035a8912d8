import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { reachArgs } from "../reach/reach.ts";
import { type ListedCustomer, listedColumns } from "./listed-customer.ts";
import { type Narrowing, narrowed } from "./narrowed.ts";

export type CustomersQuery = { limit: number; cursor?: number; ownerUserId?: number };

/** Everybody with a customer record, newest people first: who became a customer, and who has or had a visit whatever their stage. */
export async function listCustomers(ctx: Ctx, query: CustomersQuery): Promise<Page<ListedCustomer, number>> {
  const { limit, cursor = Number.MAX_SAFE_INTEGER, ownerUserId = null } = query;
  const args = { companyId: ctx.companyId, id: cursor, count: limit + 1, ownerUserId, parts: null, ...reachArgs(ctx) };
  return pageOf(await ctx.db.all(customersAfter(args)), limit, ({ contactId }) => contactId);
}

type Args = Narrowing & { companyId: number; id: number; count: number };

// A literal limit tells the planner how much a page is.
const customersAfter = narrowed((among) =>
  prepared<Args>()(
    (_db, arg) => sql<ListedCustomer>`
      select * from (
        select ${listedColumns}
        from customer_records r join contacts c on c.company_id = r.company_id and c.id = r.contact_id
        where r.company_id = ${arg("companyId")}::bigint and r.contact_id < ${arg("id")}::bigint and c.deleted_at is null
          and ${among(arg, sql`r.owner_user_id`)}
        order by r.contact_id desc limit ${arg("count")}::int
      ) page limit 1001`,
  ),
);
