import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { memberNameSql } from "../accounts/user.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { reachArgs } from "../reach/reach.ts";
import { type ListedCustomer, listedColumns, searchParts } from "./listed-customer.ts";
import { type Among, mostCounted, type Narrowing, narrowed } from "./narrowed.ts";

export type TaggedCustomer = ListedCustomer & {
  contactTagId: number;
  tagNotes: string | null;
  taggedAt: string;
  taggedBy: number | null;
  taggedByName: string | null;
};

export type TaggedQuery = { tagId: number; limit: number; offset?: number; ownerUserId?: number; search?: string };

/** People with one tag, whoever came to us last first. */
export async function listTaggedCustomers(ctx: Ctx, query: TaggedQuery): Promise<Page<TaggedCustomer, number>> {
  const rows = await ctx.db.all(withTag(argsOf(ctx, query)));
  return pageOf(rows, query.limit, ({ contactId }) => contactId);
}

/** How many there are, up to 10,000. */
export async function countTaggedCustomers(ctx: Ctx, query: TaggedQuery): Promise<number> {
  const row = await ctx.db.slow.first(numberWithTag(argsOf(ctx, query)));
  return row?.count ?? 0;
}

type Args = Narrowing & { companyId: number; tagId: number; offset: number; count: number };

type Arg = <Key extends keyof Args>(key: Key) => Args[Key];

function argsOf(ctx: Ctx, query: TaggedQuery): Args {
  const { tagId, limit, offset = 0, ownerUserId = null, search } = query;
  const page = { offset, count: limit + 1 };
  return { companyId: ctx.companyId, tagId, ownerUserId, parts: searchParts(ctx, search), ...page, ...reachArgs(ctx) };
}

function tagged(arg: Arg, among: Among) {
  return sql`contact_tags x join contacts c on c.company_id = x.company_id and c.id = x.contact_id
    where x.company_id = ${arg("companyId")}::bigint and x.tag_id = ${arg("tagId")}::bigint and c.deleted_at is null
    and ${among(arg, sql`c.owner_user_id`)}`;
}

// A literal limit tells the planner how much a page is.
const withTag = narrowed((among) =>
  prepared<Args>()(
    (_db, arg) => sql<TaggedCustomer>`
      with page as materialized (
        select id, contact_id from (
          select x.id, x.contact_id from ${tagged(arg, among)}
          order by x.contact_id desc limit ${arg("count")}::int offset ${arg("offset")}::int
        ) stepped limit 1001
      )
      select ${listedColumns}, x.id as "contactTagId", x.notes as "tagNotes", x.added_at as "taggedAt", x.added_by as "taggedBy",
        ${memberNameSql(sql`u`)} as "taggedByName"
      from page join contact_tags x on x.company_id = ${arg("companyId")}::bigint and x.id = page.id
      join contacts c on c.company_id = x.company_id and c.id = x.contact_id
      left join customer_records r on r.company_id = x.company_id and r.contact_id = x.contact_id
      left join users u on u.id = x.added_by
      order by x.contact_id desc`,
  ),
);

const numberWithTag = narrowed((among) =>
  prepared<Args>()(
    (_db, arg) => sql<{ count: number }>`
      select count(*) as count from (select from ${tagged(arg, among)} limit ${sql.lit(mostCounted)}) found`,
  ),
);
