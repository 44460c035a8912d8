import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { type Lead, leadColumns, leadSource } from "./lead.ts";
import {
  type LeadFilter,
  type LeadFilterArgs,
  leadFilterArgs,
  leadFilterSql,
  leadRangeSql,
  leadShapeOf,
} from "./lead-filter.ts";

export type LeadQuery = LeadFilter & {
  limit: number;
  /** Counts from the beginning; a cursor goes before it. */
  offset?: number;
  cursor?: TimeCursor;
};

/** Leads, newest first. */
export async function listLeads(ctx: Ctx, query: LeadQuery): Promise<Page<Lead, TimeCursor>> {
  const { limit, offset = 0, cursor = newestFirst } = query;
  const args = { ...leadFilterArgs(ctx, query), ...cursor, offset: query.cursor ? 0 : offset, count: limit + 1 };
  const { page, large } = statements[leadShapeOf(query)];
  const rows = await ctx.db.all((limit < pageRows ? page : large)(args));
  return pageOf(rows, limit, (lead) => ({ at: lead.createdAt, id: lead.id }));
}

// A literal limit tells the planner how much a page is: without it, it takes every tenth lead for one and reads all people.
const pageRows = 101;
const largeRows = 10_001;

export type LeadListArgs = LeadFilterArgs & { at: string; id: number; offset: number; count: number };
type Argument = <Key extends keyof LeadListArgs>(key: Key) => LeadListArgs[Key];

const statements = {
  all: sizes(inRange(() => sql`true`)),
  contact: sizes(inRange((arg) => leadRangeSql.contact(arg))),
  owner: sizes(inRange((arg) => leadRangeSql.owner(arg))),
  ownerName: sizes(inRange((arg) => leadRangeSql.ownerName(arg))),
  source: sizes(inRange((arg) => leadRangeSql.source(arg))),
  stages: sizes(inStages),
};

function sizes(pageSql: (arg: Argument) => RawBuilder<unknown>) {
  return { page: leadList(pageSql, pageRows), large: leadList(pageSql, largeRows) };
}

function leadList(pageSql: (arg: Argument) => RawBuilder<unknown>, rows: number) {
  return prepared<LeadListArgs>()(
    (_db, arg) => sql<Lead>`
      select ${leadColumns}
      from (select id from (${pageSql(arg)}) as stepped limit ${sql.lit(rows)}) as page
      join (${leadSource}) on l.company_id = ${arg("companyId")}::bigint and l.id = page.id
      order by l.created_at desc, l.id desc`,
  );
}

function inRange(range: (arg: Argument) => RawBuilder<unknown>): (arg: Argument) => RawBuilder<unknown> {
  return (arg) => sql`
    select l.id from leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
    where ${range(arg)} and ${leadFilterSql(arg)} and (l.created_at, l.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by l.created_at desc, l.id desc limit ${arg("count")}::int offset ${arg("offset")}::int`;
}

// A range of the index for each stage, merged: one condition over several would sort all of them.
function inStages(arg: Argument): RawBuilder<unknown> {
  return sql`
    select found.id from unnest(${arg("stages")}::text[]) as wanted (stage) cross join lateral (
      select l.id, l.created_at from leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
      where l.stage = wanted.stage and ${leadFilterSql(arg)} and (l.created_at, l.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      order by l.created_at desc, l.id desc limit ${arg("count")}::int + ${arg("offset")}::int
    ) as found
    order by found.created_at desc, found.id desc limit ${arg("count")}::int offset ${arg("offset")}::int`;
}
