import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { reachArgs } from "../reach/reach.ts";
import { type ListedCustomer, listedColumns, searchParts } from "./listed-customer.ts";
import { mostCounted, type Narrowing, narrowed } from "./narrowed.ts";

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

/** How many there are, up to 10,000. */
export async function countRepeatCustomers(ctx: Ctx, query: RepeatQuery): Promise<number> {
  const row = await ctx.db.slow.first(numberOfRepeat(argsOf(ctx, query)));
  return row?.count ?? 0;
}

type Args = Narrowing & { companyId: number; completed: number; id: number; count: number; offset: number };

function argsOf(ctx: Ctx, query: RepeatQuery): Args {
  const { limit, cursor, offset = 0, ownerUserId = null, search } = query;
  const { completed, id } = cursor ?? { completed: 2_147_483_647, id: Number.MAX_SAFE_INTEGER };
  const parts = searchParts(ctx, search);
  const page = { completed, id, count: limit + 1, offset };
  return { companyId: ctx.companyId, ...page, ownerUserId, parts, ...reachArgs(ctx) };
}

const repeats = sql`customer_records r join contacts c on c.company_id = r.company_id and c.id = r.contact_id`;

const numberOfRepeat = narrowed((among) =>
  prepared<Args>()(
    (_db, arg) => sql<{ count: number }>`
      select count(*) as count from (
        select from ${repeats}
        where r.company_id = ${arg("companyId")}::bigint and r.appointments_completed >= 2 and c.deleted_at is null
          and ${among(arg, sql`r.owner_user_id`)} limit ${sql.lit(mostCounted)}
      ) found`,
  ),
);

// A literal limit tells the planner how much a page is.
const repeatAfter = narrowed((among) =>
  prepared<Args>()(
    (_db, arg) => sql<ListedCustomer>`
      select * from (
        select ${listedColumns} from ${repeats}
        where r.company_id = ${arg("companyId")}::bigint and r.appointments_completed >= 2
          and (r.appointments_completed, r.contact_id) < (${arg("completed")}::int, ${arg("id")}::bigint)
          and c.deleted_at is null
          and ${among(arg, sql`r.owner_user_id`)}
        order by r.appointments_completed desc, r.contact_id desc limit ${arg("count")}::int offset ${arg("offset")}::int
      ) page limit 1001`,
  ),
);
