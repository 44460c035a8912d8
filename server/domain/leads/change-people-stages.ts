import { sql } from "kysely";
import { closedStages, type Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import { writeContactStages } from "../contacts/write-contact-stage.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { leadsForStages, type MovingLead } from "./leads-for-stages.ts";
import { writeLeadStages } from "./write-lead-stages.ts";

export type WantedStage = { contactId: number; stage: Stage; reason?: string };

export type StageChange = { before: Stage; after: Stage; leadId: number | null };

type Change = WantedStage & { before: Stage; lead: MovingLead | undefined };

/**
 * Moves people through the funnel, each with their open lead: closed where the stage ends a pursuit, reopened or opened where
 * someone comes back from an ended one. Who stands there already is left alone; says how many of them are there, and what changed.
 */
export async function changePeopleStages(
  tx: TxCtx,
  wanted: WantedStage[],
): Promise<{ people: number; changes: StageChange[] }> {
  if (wanted.length === 0) return { people: 0, changes: [] };
  const contactIds = wanted.map(({ contactId }) => contactId);
  const people = await tx.tx.all(lockPeople({ companyId: tx.companyId, contactIds }));
  const stages = new Map(people.map(({ id, stage }) => [id, stage]));
  const present = wanted.flatMap((one) => {
    const before = stages.get(one.contactId);
    return before === undefined ? [] : [{ ...one, before }];
  });
  const leads = await leadsForStages(
    tx,
    present.map(({ contactId, before, stage }) => ({ contactId, from: before, to: stage })),
  );
  const changes = present
    .map((one): Change => ({ ...one, lead: leads.get(one.contactId) }))
    .filter(({ before, stage, lead }) => before !== stage || (lead !== undefined && lead.stage !== stage));
  await moveLeads(tx, changes);
  await writeContactStages(
    tx,
    changes.filter(({ before, stage }) => before !== stage),
  );
  await recordChanges(tx, changes);
  return { people: people.length, changes: changes.map(changeOf) };
}

// In one order, so that two that move the same people come one after the other.
const lockPeople = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ id: number; stage: Stage }>`
    select id, stage from contacts
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[]) and deleted_at is null
    order by id for update`,
);

async function moveLeads(tx: TxCtx, changes: Change[]): Promise<void> {
  const rows = changes.flatMap(({ lead, stage, reason }) => {
    if (!lead || lead.stage === stage) return [];
    return [{ id: lead.id, from: lead.stage, stage, reason: reason ?? null, closed: closedStages.includes(stage) }];
  });
  await writeLeadStages(tx, rows);
}

async function recordChanges(tx: TxCtx, changes: Change[]): Promise<void> {
  await recordEvents(
    tx,
    changes.map(({ contactId, before, stage, reason, lead }) => ({
      type: "lead.stage_changed",
      subject: lead ? { kind: "lead", id: lead.id } : { kind: "contact", id: contactId },
      contactId,
      before: { stage: before },
      after: { stage },
      data: reason === undefined ? {} : { reason },
    })),
  );
}

function changeOf({ before, stage, lead }: Change): StageChange {
  return { before, after: stage, leadId: lead?.id ?? null };
}
