import { type RawBuilder, sql } from "kysely";
import { type BoundStatement, prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import {
  type ContactFilter,
  type FilterArgs,
  type FilterShape,
  filterArgs,
  filterSql,
  shapeOf,
} from "./contact-filter.ts";
import { plannedAnew, searchCap, type TermArgs, termArgs, termSql } from "./search-contacts.ts";
import { searchTerm } from "./search-term.ts";

export type ContactCount = ContactFilter & { search?: string };

const exactUpTo = 10_000;
const keptForMs = 60_000;
const mostKept = 1_000;
const large = new Map<string, { count: number; until: number }>();

/**
 * How many people there are. Exact up to 10,000; a larger number is exact when it is counted and kept for a minute, because
 * counting a million costs a quarter of a second. Of a search, those that a search looks at.
 */
export async function countContacts(ctx: Ctx, filter: ContactCount = {}): Promise<number> {
  const { search, ...rest } = filter;
  if (search !== undefined) return countFound(ctx, search, rest);
  const key = `${ctx.companyId} ${JSON.stringify(filterArgs(ctx.companyId, rest))}`;
  const kept = large.get(key);
  if (kept && kept.until > ctx.now().getTime()) return kept.count;
  const shape = shapeOf(rest);
  const args = filterArgs(ctx.companyId, rest);
  const few = await ctx.db.first(capped[shape](args));
  if (!few || few.count <= exactUpTo) return few?.count ?? 0;
  const all = await ctx.db.slow.first(uncapped[shape](args));
  const count = all?.count ?? few.count;
  keep(key, { count, until: ctx.now().getTime() + keptForMs });
  return count;
}

async function countFound(ctx: Ctx, search: string, filter: ContactFilter): Promise<number> {
  const term = searchTerm(search);
  if (term.kind === "nothing") return 0;
  const args = { ...filterArgs(ctx.companyId, filter), ...termArgs(term) };
  return (await ctx.db.slow.first(plannedAnew(found[term.kind](args))))?.count ?? 0;
}

function keep(key: string, entry: { count: number; until: number }): void {
  const oldest = large.keys().next().value;
  if (large.size >= mostKept && oldest !== undefined) large.delete(oldest);
  large.set(key, entry);
}

type Counter = (args: FilterArgs) => BoundStatement<{ count: number }>;

const capped = byShape(sql`limit ${sql.lit(exactUpTo + 1)}`);
const uncapped = byShape(sql``);
const found = { parts: foundBy("parts"), prefix: foundBy("prefix") };

function byShape(limit: RawBuilder<unknown>): Record<FilterShape, Counter> {
  const counter = (shape: FilterShape): Counter =>
    prepared<FilterArgs>()(
      (_db, arg) => sql<{ count: number }>`
        select count(*) as count from (select from contacts c where ${filterSql(shape, arg)} ${limit}) as found`,
    );
  return {
    everyone: counter("everyone"),
    all: counter("all"),
    temperature: counter("temperature"),
    organization: counter("organization"),
    tag: counter("tag"),
    owner: counter("owner"),
  };
}

function foundBy(kind: "parts" | "prefix") {
  return prepared<FilterArgs & TermArgs>()(
    (_db, arg) => sql<{ count: number }>`
      select count(*) as count
      from (select from contacts c where ${filterSql("all", arg)} and ${termSql[kind](arg)} limit ${sql.lit(searchCap)}) as found`,
  );
}
