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
import { plannedAnew, searchCap } from "./search-contacts.ts";
import { hitKeys, hitsSql, type TermArgs, termArgs } from "./search-hits.ts";
import { searchTermFor } from "./search-term.ts";

export type ContactCount = ContactFilter & { search?: string };

const exactUpTo = 10_000;
const smallKeptForMs = 5_000;
const largeKeptForMs = 60_000;
const mostKept = 1_000;

type Kept = { count: number; until: number; journal: string };

const kept = new Map<string, Kept>();

/**
 * How many people there are. Exact up to 10,000: a count is kept only while the company's journal stands still, because counting
 * costs fifty times as much as a page. A larger number is exact when it is counted and kept for a minute: counting a million costs
 * a quarter of a second. Of a search, 1,000 at most: so many its pages give.
 */
export async function countContacts(ctx: Ctx, filter: ContactCount = {}): Promise<number> {
  const { search, ...rest } = filter;
  if (search !== undefined) return countFound(ctx, search, rest);
  const key = `${ctx.companyId} ${JSON.stringify(filterArgs(ctx, rest))}`;
  const now = ctx.now().getTime();
  const known = kept.get(key);
  const current = known && known.until > now ? known : undefined;
  if (current && current.count > exactUpTo) return current.count;
  // Read before counting: what is written in between is counted, and the next caller counts again.
  const journal = (await ctx.db.first(journalMark({ companyId: ctx.companyId })))?.mark ?? "";
  if (current?.journal === journal) return current.count;
  const count = await countNow(ctx, rest);
  keep(key, { count, journal, until: now + (count > exactUpTo ? largeKeptForMs : smallKeptForMs) });
  return count;
}

async function countNow(ctx: Ctx, filter: ContactFilter): Promise<number> {
  const shape = shapeOf(filter);
  const args = filterArgs(ctx, filter);
  const few = (await ctx.db.first(capped[shape](args)))?.count ?? 0;
  if (few <= exactUpTo) return few;
  return (await ctx.db.slow.first(uncapped[shape](args)))?.count ?? few;
}

// Changes whenever something was written to the journal. The last id alone is not enough: who drew a lower one may commit later, and
// then who was still writing has changed.
const journalMark = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ mark: string }>`
    select pg_current_snapshot()::text || ' ' || coalesce((
      select id from events where company_id = ${arg("companyId")}::bigint order by id desc limit 1
    ), 0) as mark`,
);

async function countFound(ctx: Ctx, search: string, filter: ContactFilter): Promise<number> {
  const term = searchTermFor(ctx, search);
  if (term.kind === "nothing") return 0;
  const args = { ...filterArgs(ctx, filter), ...termArgs(term) };
  return (await ctx.db.slow.first(plannedAnew(found[term.kind](args))))?.count ?? 0;
}

function keep(key: string, entry: Kept): void {
  const oldest = kept.keys().next().value;
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, entry);
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
      from (select from (${hitsSql(kind, hitKeys.leadScore, arg)}) c limit ${sql.lit(searchCap)}) as found`,
  );
}
