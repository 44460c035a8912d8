import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import type { Pipeline } from "./pipeline.ts";

/** All pipelines with their stages, in the order the company gave them. A company has a handful. */
export async function listPipelines(ctx: Ctx): Promise<Pipeline[]> {
  return ctx.db.all(pipelinesOfCompany({ companyId: ctx.companyId }));
}

export async function getPipeline(ctx: Ctx, pipelineId: number): Promise<Pipeline> {
  const pipeline = await ctx.db.first(pipelineById({ companyId: ctx.companyId, pipelineId }));
  if (!pipeline) throw notFound("pipeline", pipelineId);
  return pipeline;
}

const pipelineColumns: RawBuilder<unknown> = sql`
  p.id, p.name, p.is_default as "isDefault", p.position, p.created_at as "createdAt", p.updated_at as "updatedAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'stage', s.stage, 'probability', s.probability,
      'position', s.position) order by s.position)
    from pipeline_stages s where s.company_id = p.company_id and s.pipeline_id = p.id), '[]') as stages`;

const pipelinesOfCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Pipeline>`
    select ${pipelineColumns} from pipelines p
    where p.company_id = ${arg("companyId")}::bigint and p.archived_at is null
    order by p.is_default desc, p.position, p.id limit 500`,
);

const pipelineById = prepared<{ companyId: number; pipelineId: number }>()(
  (_db, arg) => sql<Pipeline>`
    select ${pipelineColumns} from pipelines p
    where p.company_id = ${arg("companyId")}::bigint and p.id = ${arg("pipelineId")}::bigint and p.archived_at is null`,
);
