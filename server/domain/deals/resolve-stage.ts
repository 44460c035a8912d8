import { sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";

export type StageChoice = {
  pipelineId?: number | undefined;
  stageId?: number | undefined;
  /** One of the six shared words: the first stage of the pipeline that bears it. */
  stage?: DealStage | undefined;
};

export type StagePlace = { pipelineId: number; stageId: number; stage: DealStage; probability: number };

/** Where a deal stands: by stage id, by word, or at the beginning; in the default pipeline where none is named. */
export async function resolveStage(ctx: Ctx, choice: StageChoice): Promise<StagePlace> {
  const { pipelineId = null, stageId = null, stage = null } = choice;
  const place = await ctx.db.first(stagePlace({ companyId: ctx.companyId, pipelineId, stageId, stage }));
  if (place) return place;
  if (stageId !== null) throw invalid("stageId", "There is no such stage in this pipeline.");
  if (pipelineId !== null && stage === null) throw invalid("pipelineId", "There is no such pipeline.");
  throw invalid("stage", "The pipeline has no such stage.");
}

type PlaceArgs = {
  companyId: number;
  pipelineId: number | null;
  stageId: number | null;
  stage: DealStage | null;
};

const stagePlace = prepared<PlaceArgs>()(
  (_db, arg) => sql<StagePlace>`
    select s.pipeline_id as "pipelineId", s.id as "stageId", s.stage, s.probability
    from pipeline_stages s join pipelines p on p.company_id = s.company_id and p.id = s.pipeline_id
    where s.company_id = ${arg("companyId")}::bigint and p.archived_at is null
      and (${arg("stageId")}::bigint is null or s.id = ${arg("stageId")}::bigint)
      and (${arg("stage")}::text is null or s.stage = ${arg("stage")}::text)
      and case when ${arg("pipelineId")}::bigint is not null then p.id = ${arg("pipelineId")}::bigint
        else ${arg("stageId")}::bigint is not null or p.is_default end
    order by s.position limit 1 for key share of s`,
);
