import { sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export async function writeContactStage(tx: TxCtx, contactId: number, stage: Stage): Promise<void> {
  await writeContactStages(tx, [{ contactId, stage }]);
}

/** Writes the stages alone; changePeopleStages, which keeps the leads in step and the journal, is what everybody calls. */
export async function writeContactStages(tx: TxCtx, people: { contactId: number; stage: Stage }[]): Promise<void> {
  if (people.length === 0) return;
  const contactIds = people.map(({ contactId }) => contactId);
  const stages = people.map(({ stage }) => stage);
  await tx.tx.run(updateStages({ companyId: tx.companyId, contactIds, stages, now: tx.now().toISOString() }));
}

const updateStages = prepared<{ companyId: number; contactIds: number[]; stages: Stage[]; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts c set stage = r.stage, version = c.version + 1, updated_at = ${arg("now")}::timestamptz
    from unnest(${arg("contactIds")}::bigint[], ${arg("stages")}::text[]) as r (id, stage)
    where c.company_id = ${arg("companyId")}::bigint and c.id = r.id`,
);
