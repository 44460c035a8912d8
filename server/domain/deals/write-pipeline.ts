import { sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { dealStages } from "./deal-stage.ts";
import { getPipeline } from "./list-pipelines.ts";
import type { Pipeline } from "./pipeline.ts";
import { checkStageFields } from "./stage-fields.ts";

export type NewStage = { name: string; stage: DealStage; probability?: number };

export type NewPipeline = { name: string; position?: number; stages?: NewStage[] };

/** A pipeline with the stages given, or with the usual six. */
export async function createPipeline(ctx: Ctx, input: NewPipeline): Promise<Pipeline> {
  checkName(input.name);
  const stages = (input.stages ?? dealStages).map(withProbability);
  if (stages.length === 0) throw invalid("stages", "A pipeline needs at least one stage.");
  stages.forEach((stage, index) => {
    checkStageFields(stage, `stages.${index}.`);
  });
  return ctx.transact(async (tx) => {
    const rows = stages.map((stage, position) => ({ ...stage, position }));
    const { name, position = 0 } = input;
    const created = await tx.tx.first(
      insertPipeline({ companyId: tx.companyId, name, position, stages: JSON.stringify(rows) }),
    );
    if (!created) throw notFound("pipeline");
    await recordEvent(tx, { type: "pipeline.created", subject: { kind: "pipeline", id: created.id }, after: { name } });
    return getPipeline(tx, created.id);
  });
}

export type PipelinePatch = { name?: string; position?: number; isDefault?: true };

/** The default moves by naming the new one; there is always exactly one. */
export async function updatePipeline(ctx: Ctx, pipelineId: number, patch: PipelinePatch): Promise<Pipeline> {
  if (patch.name !== undefined) checkName(patch.name);
  return ctx.transact(async (tx) => {
    await lockPipelines(tx);
    const { stages, ...before } = await getPipeline(tx, pipelineId);
    const after = { ...before, ...patch };
    const change = changedFields(before, after);
    if (!change) return { ...before, stages };
    const now = tx.now().toISOString();
    if (after.isDefault && !before.isDefault) await tx.tx.run(clearDefault({ companyId: tx.companyId }));
    const { name, position, isDefault } = after;
    await tx.tx.run(updatePipelineRow({ companyId: tx.companyId, pipelineId, name, position, isDefault, now }));
    await recordEvent(tx, { type: "pipeline.updated", subject: { kind: "pipeline", id: pipelineId }, ...change });
    return getPipeline(tx, pipelineId);
  });
}

/** Puts a pipeline away. The default one, and one whose deals are still open, stay. */
export async function archivePipeline(ctx: Ctx, pipelineId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    await lockPipelines(tx);
    const pipeline = await getPipeline(tx, pipelineId);
    if (pipeline.isDefault) throw conflict("The default pipeline cannot be deleted.");
    const busy = await tx.db.first(openDealIn({ companyId: tx.companyId, pipelineId }));
    if (busy) throw conflict("The pipeline still has open deals.");
    await tx.tx.run(archive({ companyId: tx.companyId, pipelineId, now: tx.now().toISOString() }));
    const before = { name: pipeline.name };
    await recordEvent(tx, { type: "pipeline.deleted", subject: { kind: "pipeline", id: pipelineId }, before });
  });
}

function withProbability(stage: NewStage): { name: string; stage: DealStage; probability: number } {
  const usual = dealStages.find((known) => known.stage === stage.stage);
  return { name: stage.name, stage: stage.stage, probability: stage.probability ?? usual?.probability ?? 0 };
}

function checkName(name: string): void {
  if (name.trim() === "" || name.length > 200) throw invalid("name", "name must be a text of 1 to 200 characters");
}

function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}

// All of a company's pipelines at once: which one is the default is a matter between them.
async function lockPipelines(tx: TxCtx): Promise<void> {
  await tx.tx.all(pipelinesForUpdate({ companyId: tx.companyId }));
}

const pipelinesForUpdate = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from pipelines where company_id = ${arg("companyId")}::bigint order by id for update`,
);

const insertPipeline = prepared<{ companyId: number; name: string; position: number; stages: string }>()(
  (_db, arg) => sql<{ id: number }>`
    with pipeline as (
      insert into pipelines (company_id, name, position)
      values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("position")}::int) returning company_id, id
    ), stages as (
      insert into pipeline_stages (company_id, pipeline_id, name, stage, probability, position)
      select p.company_id, p.id, s.name, s.stage, s.probability, s.position
      from pipeline p, jsonb_to_recordset(${arg("stages")}::jsonb) as s (name text, stage text, probability int, position int)
    )
    select id from pipeline`,
);

const clearDefault = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    update pipelines set is_default = false where company_id = ${arg("companyId")}::bigint and is_default`,
);

type PipelineWrite = {
  companyId: number;
  pipelineId: number;
  name: string;
  position: number;
  isDefault: boolean;
  now: string;
};

const updatePipelineRow = prepared<PipelineWrite>()(
  (_db, arg) => sql<never>`
    update pipelines set name = ${arg("name")}::text, position = ${arg("position")}::int,
      is_default = ${arg("isDefault")}::boolean, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("pipelineId")}::bigint`,
);

const openDealIn = prepared<{ companyId: number; pipelineId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from deals where company_id = ${arg("companyId")}::bigint and pipeline_id = ${arg("pipelineId")}::bigint
      and deleted_at is null and closed_at is null limit 1`,
);

const archive = prepared<{ companyId: number; pipelineId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update pipelines set archived_at = ${arg("now")}::timestamptz, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("pipelineId")}::bigint`,
);
