import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { reachArgs } from "../reach/reach.ts";
import { type ListedCustomer, listedColumns, searchParts } from "./listed-customer.ts";
import { type Among, mostCounted, type Narrowing, narrowed } from "./narrowed.ts";

/** `at` is null among people who were never contacted. */
export type FollowUpCursor = { at: string | null; id: number };

export type FollowUpQuery = {
  /** For everybody alike; where not said each person's own threshold counts, 30 days for those without one. */
  daysThreshold?: number;
  limit: number;
  cursor?: FollowUpCursor;
  /** Counts from the cursor. */
  offset?: number;
  ownerUserId?: number;
  /** Any part of what a person is found by. */
  search?: string;
};

/** Who was never contacted, then who was not for longest. */
export async function listFollowUps(ctx: Ctx, query: FollowUpQuery): Promise<Page<ListedCustomer, FollowUpCursor>> {
  const { daysThreshold, limit } = query;
  const args = argsOf(ctx, query);
  const rows = await ctx.db.all(
    daysThreshold === undefined ? byOwnThreshold({ ...args, days: 30 }) : byThreshold({ ...args, days: daysThreshold }),
  );
  return pageOf(rows, limit, (row) => ({ at: row.lastContactedAt, id: row.contactId }));
}

/** How many there are, up to 10,000, for one threshold that counts for everybody alike. */
export async function countFollowUps(ctx: Ctx, query: FollowUpQuery & { daysThreshold: number }): Promise<number> {
  const row = await ctx.db.slow.first(numberSilent({ ...argsOf(ctx, query), days: query.daysThreshold }));
  return row?.count ?? 0;
}

function argsOf(ctx: Ctx, query: FollowUpQuery): Omit<Args, "days"> {
  const { daysThreshold, limit, cursor, offset = 0, ownerUserId = null, search } = query;
  if (
    daysThreshold !== undefined &&
    !(Number.isInteger(daysThreshold) && daysThreshold >= 0 && daysThreshold <= 36_500)
  )
    throw invalid("daysThreshold", "daysThreshold must be a whole number from 0 to 36500");
  const { at, id } = cursor ?? { at: null, id: 0 };
  return {
    companyId: ctx.companyId,
    now: ctx.now().toISOString(),
    at: at ?? "-infinity",
    id,
    ownerUserId,
    parts: searchParts(ctx, search),
    offset,
    count: limit + 1,
    ...reachArgs(ctx),
  };
}

type Args = Narrowing & {
  companyId: number;
  now: string;
  days: number;
  at: string;
  id: number;
  offset: number;
  count: number;
};

type Arg = <Key extends keyof Args>(key: Key) => Args[Key];

const contactedAt = sql`coalesce(i.last_contacted_at, '-infinity'::timestamptz)`;

const people = sql`contact_inbox i join contacts c on c.company_id = i.company_id and c.id = i.contact_id`;

function longSilent(arg: Arg, among: Among, days: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`i.company_id = ${arg("companyId")}::bigint and not i.contact_deleted
    and (${contactedAt}, i.contact_id) > (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    and ${contactedAt} <= ${arg("now")}::timestamptz - make_interval(days => ${days})
    and c.deleted_at is null and ${among(arg, sql`c.owner_user_id`)}`;
}

const numberSilent = narrowed((among) =>
  prepared<Args>()(
    (_db, arg) => sql<{ count: number }>`
      select count(*) as count from (
        select from ${people} where ${longSilent(arg, among, sql`${arg("days")}::int`)} limit ${sql.lit(mostCounted)}
      ) found`,
  ),
);

const byThreshold = narrowed((among) =>
  listOf((arg) => pageWhere(arg, longSilent(arg, among, sql`${arg("days")}::int`))),
);

// People with a threshold of their own are few and have an index; in one range with all others, a short threshold of one would make
// the list read everybody whom it does not concern.
const byOwnThreshold = narrowed((among) =>
  listOf((arg) => {
    const usual = sql`${longSilent(arg, among, sql`${arg("days")}::int`)} and (select r.follow_up_after_days from customer_records r
      where r.company_id = i.company_id and r.contact_id = i.contact_id) is null`;
    const most = sql`order by 2, 1 limit ${arg("offset")}::int + ${arg("count")}::int`;
    return sql`
      (select * from (select i.contact_id, ${contactedAt} as at from ${people} where ${usual}
        order by ${contactedAt}, i.contact_id limit ${arg("offset")}::int + ${arg("count")}::int) usual limit 1001)
      union all
      (select i.contact_id, ${contactedAt} as at
        from customer_records r join contact_inbox i on i.company_id = r.company_id and i.contact_id = r.contact_id
        join contacts c on c.company_id = r.company_id and c.id = r.contact_id
        where r.company_id = ${arg("companyId")}::bigint and r.follow_up_after_days is not null
          and ${longSilent(arg, among, sql`r.follow_up_after_days`)} ${most})
      order by at, contact_id limit ${arg("count")}::int offset ${arg("offset")}::int`;
  }),
);

function pageWhere(arg: Arg, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select i.contact_id, ${contactedAt} as at from ${people} where ${condition}
    order by ${contactedAt}, i.contact_id limit ${arg("count")}::int offset ${arg("offset")}::int`;
}

// A literal limit tells the planner how much a page is.
function listOf(page: (arg: Arg) => RawBuilder<unknown>) {
  return prepared<Args>()(
    (_db, arg) => sql<ListedCustomer>`
      with page as materialized (select * from (${page(arg)}) found limit 1001)
      select ${listedColumns}
      from page join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = page.contact_id
      left join customer_records r on r.company_id = c.company_id and r.contact_id = c.id
      order by page.at, page.contact_id`,
  );
}
