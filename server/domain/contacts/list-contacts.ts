import { sql } from "kysely";
import type { BoundStatement } from "../../db/prepared.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { type ContactItem, contactItemColumns, withOrganization } from "./contact.ts";
import {
  type ContactFilter,
  type FilterArgs,
  type FilterShape,
  filterArgs,
  filterSql,
  shapeOf,
} from "./contact-filter.ts";
import {
  type ContactCursor,
  type ContactSort,
  contactOrders,
  type Stretch,
  stretchesAfter,
  stretchSql,
} from "./contact-order.ts";

export type ContactQuery = {
  filter?: ContactFilter;
  /** Best lead first where not said. */
  sort?: ContactSort;
  limit: number;
  /** For dialects that page by counting; a cursor is as fast on the last page as on the first. */
  offset?: number;
  cursor?: ContactCursor;
};

/** A page of people. */
export async function listContacts(ctx: Ctx, query: ContactQuery): Promise<Page<ContactItem, ContactCursor>> {
  const { filter = {}, sort = "leadScore", limit, offset = 0, cursor } = query;
  const shape = shapeOf(filter);
  const args = { ...filterArgs(ctx.companyId, filter), offset, ...(cursor ?? { key: null, id: 0 }) };
  const stretches: Stretch[] = cursor ? stretchesAfter(sort, cursor) : ["from start"];
  const rows: ContactRow[] = [];
  for (const stretch of stretches) {
    const count = limit + 1 - rows.length;
    if (count > 0) rows.push(...(await ctx.db.all(statementFor(shape, sort, stretch)({ ...args, count }))));
  }
  const page = pageOf(rows, limit, ({ sortKey, id }) => ({ key: sortKey, id }));
  return { items: page.items.map(itemOf), next: page.next };
}

export type ContactRow = ContactItem & { sortKey: string | number | null };

export function itemOf({ sortKey: _key, ...item }: ContactRow): ContactItem {
  return item;
}

type ListArgs = FilterArgs & ContactCursor & { offset: number; count: number };

const statements = new Map<string, (args: ListArgs) => BoundStatement<ContactRow>>();

// A filter, an order and a stretch: some hundred texts at most, each compiled at its first use.
function statementFor(
  shape: FilterShape,
  sort: ContactSort,
  stretch: Stretch,
): (args: ListArgs) => BoundStatement<ContactRow> {
  const name = `${shape} ${sort} ${stretch}`;
  const known = statements.get(name);
  if (known) return known;
  const built = listStatement(shape, sort, stretch);
  statements.set(name, built);
  return built;
}

function listStatement(shape: FilterShape, sort: ContactSort, stretch: Stretch) {
  const { key, by } = contactOrders[sort];
  return prepared<ListArgs>()(
    (_db, arg) => sql<ContactRow>`
      select ${contactItemColumns}, ${key} as "sortKey"
      from contacts c ${withOrganization}
      where ${filterSql(shape, arg)} ${stretchSql(sort, stretch, arg)}
      order by ${by} limit ${arg("count")}::int offset ${arg("offset")}::int`,
  );
}
