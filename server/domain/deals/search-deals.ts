import { type RawBuilder, sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import { prepared } from "../../db/prepared.ts";
import { notOfDeletedSql } from "../contacts/not-of-deleted.ts";
import { searchCap, searchContacts } from "../contacts/search-contacts.ts";
import type { Ctx } from "../context.ts";
import { asksForHidden, personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { foundByTrigramsSql, matchesAllSql, type TextPatterns, textPatterns } from "../text-patterns.ts";
import { type Deal, type DealRow, dealColumns, dealOf, dealSource } from "./deal.ts";

export type DealSearch = { query: string; contactId?: number; stage?: DealStage; limit: number; offset?: number };

const nearbyDeals = 2_000;

/** Deals that have the words in title or description, or whose person is found by them; newest first. */
export async function searchDeals(ctx: Ctx, search: DealSearch): Promise<Deal[]> {
  const { query, contactId = null, stage = null, limit, offset = 0 } = search;
  if (asksForHidden(ctx, query)) return [];
  const { longest, parts } = textPatterns(query);
  const people = (await searchContacts(ctx, { query, limit: searchCap })).items.map(({ id }) => id);
  const args = { companyId: ctx.companyId, contactId, stage, longest, parts, people, offset, limit, ...reachArgs(ctx) };
  // What many deals have in common is among the newest; only there can fewer than three letters be sought.
  const nearby = await ctx.db.slow.all(amongNewest(args));
  if (nearby.length === limit || longest === null) return nearby.map(dealOf);
  // Without a name the plan is made for these words: for any words it would read the whole company.
  return (await ctx.db.slow.all({ ...amongAll(args), name: "" })).map(dealOf);
}

type SearchArgs = TextPatterns &
  ReachArgs & {
    companyId: number;
    contactId: number | null;
    stage: DealStage | null;
    people: number[];
    offset: number;
    limit: number;
  };
type Argument = <Key extends keyof SearchArgs>(key: Key) => SearchArgs[Key];

const amongNewest = prepared<SearchArgs>()((_db, arg) =>
  pageOfHits(
    arg,
    sql`select d.id, d.created_at from (
        select id, created_at, contact_id, stage, title, description from deals
        where company_id = ${arg("companyId")}::bigint and deleted_at is null
        order by created_at desc, id desc limit ${sql.lit(nearbyDeals)}
      ) d
      where ${filters(arg)} and (d.contact_id = any(${arg("people")}::bigint[])
        or ${matchesAllSql(arg, sql`d.title`)} or ${matchesAllSql(arg, sql`d.description`)})`,
  ),
);

const amongAll = prepared<SearchArgs>()((_db, arg) =>
  pageOfHits(
    arg,
    sql`${hits(arg, sql`d.contact_id = any(${arg("people")}::bigint[])`)}
      union ${hits(arg, foundByTrigramsSql(arg, sql`d.title`))} union ${hits(arg, foundByTrigramsSql(arg, sql`d.description`))}`,
  ),
);

function hits(arg: Argument, match: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select d.id, d.created_at from deals d
    where d.company_id = ${arg("companyId")}::bigint and d.deleted_at is null and ${filters(arg)} and ${match}
    limit ${sql.lit(searchCap)})`;
}

function filters(arg: Argument): RawBuilder<unknown> {
  return sql`(${arg("contactId")}::bigint is null or d.contact_id = ${arg("contactId")}::bigint)
    and (${arg("stage")}::text is null or d.stage = ${arg("stage")}::text)
    and ${notOfDeletedSql({ companyId: arg("companyId"), contactId: sql`d.contact_id` })}
    and ${personInReachSql(arg, { companyId: arg("companyId"), contactId: sql`d.contact_id` })}`;
}

function pageOfHits(arg: Argument, found: RawBuilder<unknown>): RawBuilder<DealRow> {
  return sql<DealRow>`
    with hits as materialized (${found}), page as materialized (
      select id from hits order by created_at desc, id desc limit ${arg("limit")}::int offset ${arg("offset")}::int
    )
    select ${dealColumns} from page join (${dealSource}) on d.company_id = ${arg("companyId")}::bigint and d.id = page.id
    order by d.created_at desc, d.id desc`;
}
