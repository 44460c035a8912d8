import { sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type TxCtx } from "../context.ts";

export type LeadStageRow = { id: number; from: Stage; stage: Stage; reason: string | null; closed: boolean };

/** Writes stages of leads with their history; the people's own and the journal are the caller's. */
export async function writeLeadStages(tx: TxCtx, rows: LeadStageRow[]): Promise<void> {
  if (rows.length === 0) return;
  const now = tx.now().toISOString();
  const changedBy = actingUserId(tx);
  await tx.tx.run(updateStages({ companyId: tx.companyId, rows: JSON.stringify(rows), changedBy, now }));
}

const updateStages = prepared<{ companyId: number; rows: string; changedBy: number | null; now: string }>()(
  (_db, arg) => sql<never>`
    with wanted as materialized (
      select r.* from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, "from" text, stage text, reason text, closed boolean)
    ), moved as (
      update leads l set stage = w.stage, version = l.version + 1, updated_at = ${arg("now")}::timestamptz,
        closed_at = case when w.closed then ${arg("now")}::timestamptz end
      from wanted w where l.company_id = ${arg("companyId")}::bigint and l.id = w.id
    )
    insert into lead_stage_changes (company_id, lead_id, from_stage, to_stage, reason, changed_by, changed_at)
    select ${arg("companyId")}::bigint, w.id, w."from", w.stage, w.reason, ${arg("changedBy")}::bigint, ${arg("now")}::timestamptz
    from wanted w`,
);
