import { sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { dealStages } from "./deal-stage.ts";
import { getPipeline } from "./list-pipelines.ts";
import type { Pipeline, PipelineStage } from "./pipeline.ts";
import { checkStageFields } from "./stage-fields.ts";

export type AddedStage = { name: string; stage: DealStage; probability?: number; position?: number };

/** A stage more, at the end or at the position given; what stands there moves on. */
export async function addStage(ctx: Ctx, pipelineId: number, input: AddedStage): Promise<Pipeline> {
  checkStageFields(input);
  return editStages(ctx, pipelineId, async (tx, pipeline) => {
    const usual = dealStages.find((known) => known.stage === input.stage)?.probability ?? 0;
    const { name, stage, probability = usual, position = pipeline.stages.length } = input;
    const row = await tx.tx.first(
      insertStage({ companyId: tx.companyId, pipelineId, name, stage, probability, position: nextPosition(pipeline) }),
    );
    if (!row) throw notFound("pipeline", pipelineId);
    await arrange(
      tx,
      pipelineId,
      moved(
        pipeline.stages.map((known) => known.id),
        row.id,
        position,
      ),
    );
  });
}

export type StagePatch = { name?: string; probability?: number; position?: number };

/** The shared word of a stage stays: deals stand on it. */
export async function updateStage(
  ctx: Ctx,
  place: { pipelineId: number; stageId: number },
  patch: StagePatch,
): Promise<Pipeline> {
  checkStageFields(patch);
  return editStages(ctx, place.pipelineId, async (tx, pipeline) => {
    const { name, probability } = { ...stageOf(pipeline, place.stageId), ...patch };
    await tx.tx.run(updateStageRow({ companyId: tx.companyId, stageId: place.stageId, name, probability }));
    if (patch.position === undefined) return;
    const others = pipeline.stages.map((known) => known.id).filter((id) => id !== place.stageId);
    await arrange(tx, place.pipelineId, moved(others, place.stageId, patch.position));
  });
}

/** Takes away a stage on which no deal stands; the last one stays. */
export async function deleteStage(ctx: Ctx, place: { pipelineId: number; stageId: number }): Promise<Pipeline> {
  return editStages(ctx, place.pipelineId, async (tx, pipeline) => {
    stageOf(pipeline, place.stageId);
    if (pipeline.stages.length === 1) throw conflict("A pipeline needs at least one stage.");
    // Held before the look for deals: one that is being put on the stage has then either come or waits.
    await tx.tx.all(stageForUpdate({ companyId: tx.companyId, stageId: place.stageId }));
    const deleted = await tx.tx.run(deleteUnusedStage({ companyId: tx.companyId, stageId: place.stageId }));
    if (deleted === 0) throw conflict("Deals stand on this stage; move them first.");
  });
}

async function editStages(
  ctx: Ctx,
  pipelineId: number,
  edit: (tx: TxCtx, pipeline: Pipeline) => Promise<void>,
): Promise<Pipeline> {
  return ctx.transact(async (tx) => {
    await tx.tx.all(pipelineForUpdate({ companyId: tx.companyId, pipelineId }));
    const before = await getPipeline(tx, pipelineId);
    await edit(tx, before);
    const after = await getPipeline(tx, pipelineId);
    const change = changedFields({ stages: before.stages }, { stages: after.stages });
    if (change)
      await recordEvent(tx, { type: "pipeline.updated", subject: { kind: "pipeline", id: pipelineId }, ...change });
    return after;
  });
}

function stageOf(pipeline: Pipeline, stageId: number): PipelineStage {
  const stage = pipeline.stages.find((known) => known.id === stageId);
  if (!stage) throw notFound("stage", stageId);
  return stage;
}

function nextPosition(pipeline: Pipeline): number {
  return Math.max(-1, ...pipeline.stages.map((stage) => stage.position)) + 1;
}

function moved(ids: number[], id: number, position: number): number[] {
  return ids.toSpliced(Math.max(0, position), 0, id);
}

function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}

async function arrange(tx: TxCtx, pipelineId: number, stageIds: number[]): Promise<void> {
  await tx.tx.run(writePositions({ companyId: tx.companyId, pipelineId, stageIds }));
}

const pipelineForUpdate = prepared<{ companyId: number; pipelineId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from pipelines
    where company_id = ${arg("companyId")}::bigint and id = ${arg("pipelineId")}::bigint for update`,
);

type StageInsert = {
  companyId: number;
  pipelineId: number;
  name: string;
  stage: DealStage;
  probability: number;
  position: number;
};

const insertStage = prepared<StageInsert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into pipeline_stages (company_id, pipeline_id, name, stage, probability, position)
    values (${arg("companyId")}::bigint, ${arg("pipelineId")}::bigint, ${arg("name")}::text, ${arg("stage")}::text,
      ${arg("probability")}::int, ${arg("position")}::int)
    returning id`,
);

const updateStageRow = prepared<{ companyId: number; stageId: number; name: string; probability: number }>()(
  (_db, arg) => sql<never>`
    update pipeline_stages set name = ${arg("name")}::text, probability = ${arg("probability")}::int
    where company_id = ${arg("companyId")}::bigint and id = ${arg("stageId")}::bigint`,
);

const stageForUpdate = prepared<{ companyId: number; stageId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from pipeline_stages
    where company_id = ${arg("companyId")}::bigint and id = ${arg("stageId")}::bigint for update`,
);

// Deleted deals count too: they may be restored.
const deleteUnusedStage = prepared<{ companyId: number; stageId: number }>()(
  (_db, arg) => sql<never>`
    delete from pipeline_stages s where s.company_id = ${arg("companyId")}::bigint and s.id = ${arg("stageId")}::bigint
      and not exists (select from deals d where d.company_id = s.company_id and d.pipeline_id = s.pipeline_id and d.stage_id = s.id)`,
);

const writePositions = prepared<{ companyId: number; pipelineId: number; stageIds: number[] }>()(
  (_db, arg) => sql<never>`
    update pipeline_stages s set position = w.place - 1
    from unnest(${arg("stageIds")}::bigint[]) with ordinality as w (id, place)
    where s.company_id = ${arg("companyId")}::bigint and s.pipeline_id = ${arg("pipelineId")}::bigint and s.id = w.id`,
);
