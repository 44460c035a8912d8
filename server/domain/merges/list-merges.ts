import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { personInReachSql, type ReachArgs, type ReachArgument, reachArgs } from "../reach/reach.ts";
import { type Merge, type MergeStatus, mergeColumns, mergeSource } from "./merge.ts";

export type MergeQuery = { status?: MergeStatus; contactId?: number; limit: number; cursor?: number };

/** Merges of people, newest first; of one person, on either side, where that is said. */
export async function listMerges(ctx: Ctx, query: MergeQuery): Promise<Page<Merge, number>> {
  const { status = null, contactId, limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const args = { companyId: ctx.companyId, status, cursor, count: limit + 1, ...reachArgs(ctx) };
  const rows = await ctx.db.all(contactId === undefined ? merges(args) : mergesOfPerson({ ...args, contactId }));
  return pageOf(rows, limit, ({ id }) => id);
}

export async function getMerge(ctx: Ctx, id: number): Promise<Merge> {
  const merge = await ctx.db.first(mergeById({ companyId: ctx.companyId, id, ...reachArgs(ctx) }));
  if (!merge) throw notFound("contact merge", id);
  return merge;
}

type Args = ReachArgs & { companyId: number; status: MergeStatus | null; cursor: number; count: number };

const merges = prepared<Args>()(
  (_db, arg) => sql<Merge>`
    select ${mergeColumns} from ${mergeSource}
    where m.company_id = ${arg("companyId")}::bigint and (${arg("status")}::text is null or m.status = ${arg("status")}::text)
      and ${bothInReach(arg)} and m.id < ${arg("cursor")}::bigint
    order by m.id desc limit ${arg("count")}::int`,
);

const mergesOfPerson = prepared<Args & { contactId: number }>()(
  (_db, arg) => sql<Merge>`
    select ${mergeColumns} from ${mergeSource}
    where m.company_id = ${arg("companyId")}::bigint and (${arg("status")}::text is null or m.status = ${arg("status")}::text)
      and ${bothInReach(arg)} and m.id < ${arg("cursor")}::bigint and m.id in (
        select id from contact_merges where company_id = ${arg("companyId")}::bigint and kept_contact_id = ${arg("contactId")}::bigint
        union all
        select id from contact_merges where company_id = ${arg("companyId")}::bigint and merged_contact_id = ${arg("contactId")}::bigint)
    order by m.id desc limit ${arg("count")}::int`,
);

const mergeById = prepared<{ companyId: number; id: number } & ReachArgs>()(
  (_db, arg) => sql<Merge>`
    select ${mergeColumns} from ${mergeSource} where m.company_id = ${arg("companyId")}::bigint and m.id = ${arg("id")}::bigint
      and ${bothInReach(arg)}`,
);

function bothInReach(arg: ReachArgument): RawBuilder<unknown> {
  const companyId = sql`m.company_id`;
  return sql`${personInReachSql(arg, { companyId, contactId: sql`m.kept_contact_id` })}
    and ${personInReachSql(arg, { companyId, contactId: sql`m.merged_contact_id` })}`;
}
