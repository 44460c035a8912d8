import { sql } from "kysely";
import { closedStages, type Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import { restoreFields } from "../contacts/restore-fields.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { openLeads } from "./open-leads.ts";

/** `from` is the stage the person has, and is not the new one. */
export type StageMove = { contactId: number; from: Stage };

/** What changePersonStage does, for many people in a few statements. Their rows are locked by the caller. */
export async function changeStages(tx: TxCtx, people: StageMove[], stage: Stage): Promise<void> {
  if (people.length === 0) return;
  const closed = closedStages.includes(stage);
  const comeBack = people
    .filter(({ from }) => closedStages.includes(from) && !closed)
    .map(({ contactId }) => contactId);
  const moved = await tx.tx.all(
    moveLeads({
      companyId: tx.companyId,
      contactIds: people.map(({ contactId }) => contactId),
      comeBack,
      stage,
      closed,
      changedBy: actingUserId(tx),
      now: tx.now().toISOString(),
    }),
  );
  const leadOf = new Map(moved.map(({ id, contactId }) => [contactId, id]));
  await restoreFields(
    tx,
    people.map(({ contactId }) => ({ id: contactId, fields: { stage } })),
  );
  const without = comeBack.filter((contactId) => !leadOf.has(contactId));
  for (const { id, contactId } of await openLeads(
    tx,
    without.map((contactId) => ({ contactId, stage })),
  ))
    leadOf.set(contactId, id);
  await recordEvents(
    tx,
    people.map(({ contactId, from }) => {
      const leadId = leadOf.get(contactId);
      return {
        type: "lead.stage_changed",
        subject: leadId === undefined ? { kind: "contact", id: contactId } : { kind: "lead", id: leadId },
        contactId,
        before: { stage: from },
        after: { stage },
      };
    }),
  );
}

type Args = {
  companyId: number;
  contactIds: number[];
  comeBack: number[];
  stage: Stage;
  closed: boolean;
  changedBy: number | null;
  now: string;
};

// The open lead, or for who comes back from an ended pursuit the latest one; as leadForStage chooses it.
const moveLeads = prepared<Args>()(
  (_db, arg) => sql<{ id: number; contactId: number }>`
    with latest as (
      select l.id, l.contact_id, l.stage from unnest(${arg("contactIds")}::bigint[]) as p (contact_id)
      cross join lateral (
        select id, contact_id, stage, closed_at from leads
        where company_id = ${arg("companyId")}::bigint and contact_id = p.contact_id and deleted_at is null
        order by closed_at desc nulls first, id desc limit 1 for update
      ) l
      where l.closed_at is null or l.contact_id = any(${arg("comeBack")}::bigint[])
    ), moved as (
      update leads l set stage = ${arg("stage")}::text, version = l.version + 1, updated_at = ${arg("now")}::timestamptz,
        closed_at = case when ${arg("closed")}::boolean then ${arg("now")}::timestamptz end
      from latest t where l.company_id = ${arg("companyId")}::bigint and l.id = t.id
      returning l.id, l.contact_id, t.stage as from_stage
    ), history as (
      insert into lead_stage_changes (company_id, lead_id, from_stage, to_stage, changed_by, changed_at)
      select ${arg("companyId")}::bigint, id, from_stage, ${arg("stage")}::text, ${arg("changedBy")}::bigint, ${arg("now")}::timestamptz
      from moved where from_stage <> ${arg("stage")}::text
    )
    select id, contact_id as "contactId" from moved`,
);
