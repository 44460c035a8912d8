import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { dealStages } from "./deal-stage.ts";

/** The six stages of the documents, with their default probabilities. */
export async function createDefaultPipeline(tx: TxCtx): Promise<void> {
  const stages = dealStages.map(({ stage, name, probability }, position) => ({ stage, name, probability, position }));
  await tx.tx.run(insertPipeline({ companyId: tx.companyId, stages: JSON.stringify(stages) }));
}

const insertPipeline = prepared<{ companyId: number; stages: string }>()(
  (_db, arg) => sql<never>`
    with pipeline as (
      insert into pipelines (company_id, name, is_default) values (${arg("companyId")}, 'Sales', true) returning company_id, id
    )
    insert into pipeline_stages (company_id, pipeline_id, name, stage, probability, position)
    select pipeline.company_id, pipeline.id, s.name, s.stage, s.probability, s.position
    from pipeline, jsonb_to_recordset(${arg("stages")}::jsonb) as s (name text, stage text, probability integer, position integer)`,
);
