import { type RawBuilder, sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Deal, type DealRow, dealColumns, dealOf, dealSource } from "./deal.ts";

export type DealQuery = {
  contactId?: number;
  stage?: DealStage;
  pipelineId?: number;
  /** One column of a pipeline's board. */
  stageId?: number;
  limit: number;
  offset?: number;
  cursor?: TimeCursor;
};

/** Deals of people who are not deleted, newest first. */
export async function listDeals(ctx: Ctx, query: DealQuery): Promise<Page<Deal, TimeCursor>> {
  const { limit, offset = 0, cursor = newestFirst } = query;
  const { contactId = null, stage = null, pipelineId = null, stageId = null } = query;
  const filters = { contactId, stage, pipelineId, stageId };
  const args = { companyId: ctx.companyId, ...filters, ...cursor, offset, count: limit + 1, ...reachArgs(ctx) };
  const rows = await ctx.db.all(statementFor(query)(args));
  return pageOf(rows.map(dealOf), limit, (deal) => ({ at: deal.createdAt, id: deal.id }));
}

// The narrowest filter leads an index of its own; the others are checked on the rows it gives.
function statementFor(query: DealQuery) {
  if (query.contactId !== undefined) return dealsOfContact;
  if (query.pipelineId !== undefined && query.stageId !== undefined) return dealsInColumn;
  return query.stage === undefined ? allDeals : dealsInStage;
}

type DealArgs = ReachArgs & {
  companyId: number;
  contactId: number | null;
  stage: DealStage | null;
  pipelineId: number | null;
  stageId: number | null;
  at: string;
  id: number;
  offset: number;
  count: number;
};

type DealArgument = <Key extends keyof DealArgs>(key: Key) => DealArgs[Key];

const allDeals = dealList((arg) => inPipeline(arg));

const dealsInStage = dealList((arg) => sql`and d.stage = ${arg("stage")}::text ${inPipeline(arg)}`);

const dealsInColumn = dealList(
  (arg) =>
    sql`and d.pipeline_id = ${arg("pipelineId")}::bigint and d.stage_id = ${arg("stageId")}::bigint ${inStage(arg)}`,
);

const dealsOfContact = dealList(
  (arg) => sql`and d.contact_id = ${arg("contactId")}::bigint ${inStage(arg)} ${inPipeline(arg)}`,
);

function inStage(arg: DealArgument): RawBuilder<unknown> {
  return sql`and (${arg("stage")}::text is null or d.stage = ${arg("stage")}::text)`;
}

function inPipeline(arg: DealArgument): RawBuilder<unknown> {
  return sql`and (${arg("pipelineId")}::bigint is null or d.pipeline_id = ${arg("pipelineId")}::bigint)
    and (${arg("stageId")}::bigint is null or d.stage_id = ${arg("stageId")}::bigint)`;
}

function dealList(filter: (arg: DealArgument) => RawBuilder<unknown>) {
  return prepared<DealArgs>()(
    (_db, arg) => sql<DealRow>`
      select ${dealColumns} from ${dealSource}
      where d.company_id = ${arg("companyId")}::bigint and d.deleted_at is null
        and c.deleted_at is null and (d.created_at, d.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint) ${filter(arg)}
        and ${inReachSql(arg, sql`c.owner_user_id`)}
      order by d.created_at desc, d.id desc limit ${arg("count")}::int offset ${arg("offset")}::int`,
  );
}
