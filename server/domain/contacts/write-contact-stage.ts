import { sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Writes the stage alone; changePersonStage, which keeps the lead in step and the journal, is what everybody calls. */
export async function writeContactStage(tx: TxCtx, contactId: number, stage: Stage): Promise<void> {
  await tx.tx.run(updateStage({ companyId: tx.companyId, contactId, stage, now: tx.now().toISOString() }));
}

const updateStage = prepared<{ companyId: number; contactId: number; stage: Stage; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts set stage = ${arg("stage")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);
