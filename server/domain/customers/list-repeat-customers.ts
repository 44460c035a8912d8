import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type ListedCustomer, listedColumns, searchParts, soughtSql } from "./listed-customer.ts";

export type RepeatCursor = { completed: number; id: number };

export type RepeatQuery = {
  limit: number;
  cursor?: RepeatCursor;
  /** Counts from the cursor. */
  offset?: number;
  ownerUserId?: number;
  /** Any part of what a person is found by. */
  search?: string;
};

/** People who came more than once, those who came most often first. */
export async function listRepeatCustomers(ctx: Ctx, query: RepeatQuery): Promise<Page<ListedCustomer, RepeatCursor>> {
  const rows = await ctx.db.all(repeatAfter(argsOf(ctx, query)));
  return pageOf(rows, query.limit, (row) => ({ completed: row.appointmentsCompleted, id: row.contactId }));
}

export async function countRepeatCustomers(ctx: Ctx, query: RepeatQuery): Promise<number> {
  const row = await ctx.db.slow.first(numberOfRepeat(argsOf(ctx, query)));
  return row?.count ?? 0;
}

type Args = ReachArgs & {
  companyId: number;
  completed: number;
  id: number;
  ownerUserId: number | null;
  parts: string[] | null;
  count: number;
  offset: number;
};

function argsOf(ctx: Ctx, query: RepeatQuery): Args {
  const { limit, cursor, offset = 0, ownerUserId = null, search } = query;
  const { completed, id } = cursor ?? { completed: 2_147_483_647, id: Number.MAX_SAFE_INTEGER };
  const parts = searchParts(ctx, search);
  const page = { completed, id, count: limit + 1, offset };
  return { companyId: ctx.companyId, ...page, ownerUserId, parts, ...reachArgs(ctx) };
}

const numberOfRepeat = prepared<Args>()(
  (_db, arg) => sql<{ count: number }>`
    select count(*) as count
    from customer_records r join contacts c on c.company_id = r.company_id and c.id = r.contact_id
    where r.company_id = ${arg("companyId")}::bigint and r.appointments_completed >= 2
      and c.deleted_at is null and (${arg("ownerUserId")}::bigint is null or c.owner_user_id = ${arg("ownerUserId")}::bigint)
      and ${inReachSql(arg, sql`c.owner_user_id`)} and ${soughtSql(arg)}`,
);

const repeatAfter = prepared<Args>()(
  (_db, arg) => sql<ListedCustomer>`
    select ${listedColumns}
    from customer_records r join contacts c on c.company_id = r.company_id and c.id = r.contact_id
    where r.company_id = ${arg("companyId")}::bigint and r.appointments_completed >= 2
      and (r.appointments_completed, r.contact_id) < (${arg("completed")}::int, ${arg("id")}::bigint)
      and c.deleted_at is null and (${arg("ownerUserId")}::bigint is null or c.owner_user_id = ${arg("ownerUserId")}::bigint)
      and ${inReachSql(arg, sql`c.owner_user_id`)} and ${soughtSql(arg)}
    order by r.appointments_completed desc, r.contact_id desc limit ${arg("count")}::int offset ${arg("offset")}::int`,
);
