import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { searchCap } from "../contacts/search-contacts.ts";
import { endOfPrefix, searchTerm } from "../contacts/search-term.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { type Organization, organizationColumns } from "./organization.ts";

/** Where a list by name goes on. */
export type OrganizationCursor = { nameKey: string; id: number };

export type OrganizationQuery = { search?: string; limit: number; cursor?: OrganizationCursor };

/** Organizations by name; with a search, those that have every word somewhere in the name. */
export async function listOrganizations(
  ctx: Ctx,
  query: OrganizationQuery,
): Promise<Page<Organization, OrganizationCursor>> {
  const { limit, cursor = { nameKey: "", id: 0 }, search } = query;
  const args = { companyId: ctx.companyId, ...cursor, count: limit + 1 };
  const rows = await (search === undefined ? ctx.db.all(allByName(args)) : found(ctx, search, args));
  const page = pageOf(rows, limit, ({ nameKey, id }) => ({ nameKey, id }));
  return { items: page.items.map(({ nameKey: _key, ...organization }) => organization), next: page.next };
}

type Row = Organization & { nameKey: string };

async function found(ctx: Ctx, search: string, args: ListArgs): Promise<Row[]> {
  const term = searchTerm(search);
  switch (term.kind) {
    case "nothing":
      return [];
    case "prefix":
      return ctx.db.slow.all(byPrefix({ ...args, prefix: term.prefix, end: endOfPrefix(term.prefix) }));
    case "parts":
      return ctx.db.slow.all(byParts({ ...args, longest: term.longest, second: term.second, parts: term.parts }));
  }
}

type ListArgs = { companyId: number; nameKey: string; id: number; count: number };
type Argument<Args> = <Key extends keyof Args>(key: Key) => Args[Key];

const allByName = prepared<ListArgs>()((_db, arg) => page(arg, sql`organizations o`, sql``));

const byPrefix = prepared<ListArgs & { prefix: string; end: string }>()((_db, arg) =>
  page(
    arg,
    sql`organizations o`,
    sql`and o.name_key >= ${arg("prefix")}::text and o.name_key < ${arg("end")}::text
      and starts_with(o.name_key, ${arg("prefix")}::text)`,
  ),
);

// Found first and sorted then: in the order of names, a rare word would be sought through the whole list.
const byParts = prepared<ListArgs & { longest: string; second: string; parts: string[] }>()(
  (_db, arg) => sql<Row>`
    with hits as materialized (
      select id from organizations o
      where o.company_id = ${arg("companyId")}::bigint and o.deleted_at is null
        and o.name_key like ${arg("longest")}::text and o.name_key like ${arg("second")}::text
        and o.name_key like all (${arg("parts")}::text[])
      limit ${sql.lit(searchCap)}
    )
    ${page(arg, sql`hits h join organizations o on o.id = h.id`, sql``)}`,
);

function page(arg: Argument<ListArgs>, source: RawBuilder<unknown>, filter: RawBuilder<unknown>): RawBuilder<Row> {
  return sql<Row>`
    select ${organizationColumns}, o.name_key as "nameKey" from ${source}
    where o.company_id = ${arg("companyId")}::bigint and o.deleted_at is null
      and (o.name_key, o.id) > (${arg("nameKey")}::text, ${arg("id")}::bigint) ${filter}
    order by o.name_key, o.id limit ${arg("count")}::int`;
}
