import { sql } from "kysely";
import { closedStages, type Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { openLead } from "./open-lead.ts";

export type StageMove = { contactId: number; from: Stage; to: Stage };

export type MovingLead = { id: number; stage: Stage };

/**
 * The leads that move with these people: the open one; for someone who comes back from an ended pursuit the latest one, or a new
 * one where there never was any; otherwise none. The people's rows are locked by the caller.
 */
export async function leadsForStages(tx: TxCtx, moves: StageMove[]): Promise<Map<number, MovingLead>> {
  const contactIds = moves.map(({ contactId }) => contactId);
  const latest = new Map(
    (await tx.tx.all(lockLatestLeads({ companyId: tx.companyId, contactIds }))).map((lead) => [lead.contactId, lead]),
  );
  const moving = new Map<number, MovingLead>();
  for (const move of moves) {
    const lead = await leadForStage(tx, move, latest.get(move.contactId));
    if (lead) moving.set(move.contactId, lead);
  }
  return moving;
}

type Latest = MovingLead & { contactId: number; closedAt: string | null };

async function leadForStage(tx: TxCtx, move: StageMove, latest: Latest | undefined): Promise<MovingLead | undefined> {
  if (latest && latest.closedAt === null) return latest;
  const comesBack = closedStages.includes(move.from) && !closedStages.includes(move.to);
  if (!comesBack) return undefined;
  if (latest) return latest;
  const opened = await openLead(tx, { contactId: move.contactId, stage: move.to });
  return { id: opened.id, stage: move.to };
}

const lockLatestLeads = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<Latest>`
    select r.contact_id as "contactId", l.id, l.stage, l.closed_at as "closedAt"
    from unnest(${arg("contactIds")}::bigint[]) as r (contact_id)
    cross join lateral (
      select id, stage, closed_at from leads
      where company_id = ${arg("companyId")}::bigint and contact_id = r.contact_id and deleted_at is null
      order by closed_at desc nulls first, id desc limit 1 for update
    ) l`,
);
