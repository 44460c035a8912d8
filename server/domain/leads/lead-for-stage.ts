import { sql } from "kysely";
import { closedStages, type Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { openLead } from "./open-lead.ts";

type StageMove = { contactId: number; from: Stage; to: Stage };

/**
 * The lead that moves with the person: the open one; for someone who comes back from an ended pursuit the latest one, or a new
 * one where there never was any; otherwise none. The person's row is locked by the caller.
 */
export async function leadForStage(tx: TxCtx, move: StageMove): Promise<{ id: number; stage: Stage } | null> {
  const latest = await tx.tx.first(lockLatestLead({ companyId: tx.companyId, contactId: move.contactId }));
  if (latest && latest.closedAt === null) return latest;
  const comesBack = closedStages.includes(move.from) && !closedStages.includes(move.to);
  if (!comesBack) return null;
  if (latest) return latest;
  const opened = await openLead(tx, { contactId: move.contactId, stage: move.to });
  return { id: opened.id, stage: move.to };
}

const lockLatestLead = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ id: number; stage: Stage; closedAt: string | null }>`
    select id, stage, closed_at as "closedAt" from leads
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and deleted_at is null
    order by closed_at desc nulls first, id desc limit 1 for update`,
);
