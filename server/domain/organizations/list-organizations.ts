import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { searchTerm } from "../contacts/search-term.ts";
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
      return ctx.db.slow.all(byPrefix({ ...args, prefix: term.prefix }));
    case "parts":
      return ctx.db.slow.all(byParts({ ...args, longest: term.longest, second: term.second, parts: term.parts }));
  }
}

type ListArgs = { companyId: number; nameKey: string; id: number; count: number };

const allByName = list<ListArgs>(() => sql``);

const byPrefix = list<ListArgs & { prefix: string }>((arg) => sql`and starts_with(o.name_key, ${arg("prefix")}::text)`);

const byParts = list<ListArgs & { longest: string; second: string; parts: string[] }>(
  (arg) => sql`and o.name_key like ${arg("longest")}::text and o.name_key like ${arg("second")}::text
    and o.name_key like all (${arg("parts")}::text[])`,
);

function list<Args extends ListArgs>(
  filter: (arg: <Key extends keyof Args>(key: Key) => Args[Key]) => RawBuilder<unknown>,
) {
  return prepared<Args>()(
    (_db, arg) => sql<Row>`
      select ${organizationColumns}, o.name_key as "nameKey" from organizations o
      where o.company_id = ${arg("companyId")}::bigint and o.deleted_at is null
        and (o.name_key, o.id) > (${arg("nameKey")}::text, ${arg("id")}::bigint) ${filter(arg)}
      order by o.name_key, o.id limit ${arg("count")}::int`,
  );
}
