import { sql } from "kysely";
import { type BoundStatement, prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { Page } from "../page.ts";
import { type ContactItem, contactItemColumns, withInboxAndOrganization } from "./contact.ts";
import { type ContactFilter, type FilterArgs, filterArgs, filterSql, shapeOf } from "./contact-filter.ts";
import { type ContactSort, contactOrders, idOf } from "./contact-order.ts";
import { hitKeys, hitsSql, partsSql, type TermArgs, termArgs, type UsableTerm } from "./search-hits.ts";
import { searchTermFor } from "./search-term.ts";

export type ContactSearch = {
  query: string;
  filter?: ContactFilter;
  /** Best lead first where not said. */
  sort?: ContactSort;
  limit: number;
  offset?: number;
};

/** So many people at most are looked at: a common word stays fast, and nobody reads further. */
export const searchCap = 1_000;

const nearbyPeople = 2_000;

/**
 * People by any part of name, phone, mail or organization. One or two letters find the beginning of any word, and any part among
 * the 15,000 best leads. The next page begins at the offset `next`; the last one ends at the cap, as does the count of them.
 */
export async function searchContacts(ctx: Ctx, search: ContactSearch): Promise<Page<ContactItem, number>> {
  const { query, filter = {}, sort = "leadScore", offset = 0 } = search;
  const limit = Math.min(search.limit, searchCap - offset);
  const term = searchTermFor(ctx, query);
  if (term.kind === "nothing" || offset >= searchCap) return { items: [], next: null };
  const args = { ...filterArgs(ctx, filter), ...termArgs(term), offset, count: limit + 1 };
  const items =
    (await foundNearby(ctx, { ...search, limit }, args)) ??
    (await ctx.db.slow.all(plannedAnew(statements[term.kind][sort](args))));
  const next = offset + limit;
  return { items: items.slice(0, limit), next: items.length > limit && next < searchCap ? next : null };
}

// What many people have in common is found among the first in order: the index of letters would list a hundredth of a million
// people before it gives the first one (12 ms), while these few are looked through in 2. A rare word is found there afterwards.
async function foundNearby(ctx: Ctx, search: ContactSearch, args: SearchArgs): Promise<ContactItem[] | undefined> {
  const { filter = {}, sort = "leadScore", limit } = search;
  // With a filter the first in order may be far apart.
  if (args.longest === "" || shapeOf(filter) !== "everyone") return undefined;
  const statement = nearby[sort](args);
  // A millisecond on a lane, where it is planned once; over the pool it was planned anew each time, a third of its cost. Who sees some
  // people only has a plan of their own, which may sort all of them.
  const items = await (statement.name === "" ? ctx.db.slow : ctx.db).all(statement);
  return items.length > limit ? items : undefined;
}

/**
 * Without a name the plan is made for this word: a plan made for any word reads the whole index for one that everybody has (73 ms
 * instead of 1.7 among 300,000 people), and planning costs half a millisecond.
 */
export function plannedAnew<Row>(statement: BoundStatement<Row>): BoundStatement<Row> {
  return { ...statement, name: "" };
}

type SearchArgs = FilterArgs & TermArgs & { offset: number; count: number };
type Statement = (args: SearchArgs) => BoundStatement<ContactItem>;

const statements: Record<UsableTerm["kind"], Record<ContactSort, Statement>> = {
  parts: bySort((sort) => searchStatement("parts", sort)),
  prefix: bySort((sort) => searchStatement("prefix", sort)),
};

const nearby = bySort(nearbyStatement);

function bySort(statement: (sort: ContactSort) => Statement): Record<ContactSort, Statement> {
  return {
    leadScore: statement("leadScore"),
    leadScoreAscending: statement("leadScoreAscending"),
    createdAt: statement("createdAt"),
    createdAtAscending: statement("createdAtAscending"),
    lastMessageAt: statement("lastMessageAt"),
    lastMessageAtAscending: statement("lastMessageAtAscending"),
    lastChatAt: statement("lastChatAt"),
    lastChatAtAscending: statement("lastChatAtAscending"),
    name: statement("name"),
    nameDescending: statement("nameDescending"),
  };
}

function searchStatement(kind: UsableTerm["kind"], sort: ContactSort): Statement {
  const by = contactOrders[sort].by(sql`h.key`, sql`h.id`);
  return prepared<SearchArgs>()(
    (_db, arg) => sql<ContactItem>`
      with hits as materialized (
        select f.id, f.key from (${hitsSql(kind, hitKeys[sort], arg)}) f limit ${sql.lit(searchCap)}
      ), page as materialized (
        select h.id, row_number() over (order by ${by}) as place from hits h
        order by ${by} limit ${arg("count")}::int offset ${arg("offset")}::int
      )
      select ${contactItemColumns}
      from page p join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = p.id ${withInboxAndOrganization}
      order by p.place`,
  );
}

function nearbyStatement(sort: ContactSort): Statement {
  const { key, by, from } = contactOrders[sort];
  return prepared<SearchArgs>()(
    (_db, arg) => sql<ContactItem>`
      select ${contactItemColumns}
      from (
        select n.company_id, n.id, n.key
        from (
          select c.company_id, c.id, c.search_text, ${key} as key
          from ${from(arg)} where ${filterSql("everyone", arg)} order by ${by(key, idOf(sort))} limit ${sql.lit(nearbyPeople)}
        ) n
        where ${partsSql(sql`n.search_text`, arg)}
        order by ${by(sql`n.key`, sql`n.id`)} limit ${arg("count")}::int offset ${arg("offset")}::int
      ) p join contacts c on c.company_id = p.company_id and c.id = p.id ${withInboxAndOrganization}
      order by ${by(sql`p.key`, sql`p.id`)}`,
  );
}
