import { sql } from "kysely";
import { closedStages, type Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import { writeContactStage } from "../contacts/write-contact-stage.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { leadForStage } from "./lead-for-stage.ts";

export type StageChange = { before: Stage; after: Stage; leadId: number | null };

/**
 * Moves a person through the funnel, and the open lead with them: closed where the stage ends a pursuit, reopened or opened where
 * someone comes back from an ended one. Equal stages change nothing and give nothing.
 */
export async function changePersonStage(
  tx: TxCtx,
  contactId: number,
  stage: Stage,
  options: { reason?: string } = {},
): Promise<StageChange | null> {
  const person = await tx.tx.first(lockPerson({ companyId: tx.companyId, contactId }));
  if (!person) throw notFound("contact", contactId);
  const lead = await leadForStage(tx, { contactId, from: person.stage, to: stage });
  if (person.stage === stage && (!lead || lead.stage === stage)) return null;
  if (lead && lead.stage !== stage) await moveLead(tx, lead, stage, options.reason);
  if (person.stage !== stage) await writeContactStage(tx, contactId, stage);
  await recordEvent(tx, {
    type: "lead.stage_changed",
    subject: lead ? { kind: "lead", id: lead.id } : { kind: "contact", id: contactId },
    contactId,
    before: { stage: person.stage },
    after: { stage },
    data: options.reason === undefined ? {} : { reason: options.reason },
  });
  return { before: person.stage, after: stage, leadId: lead?.id ?? null };
}

const lockPerson = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ stage: Stage }>`
    select stage from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null for update`,
);

async function moveLead(
  tx: TxCtx,
  lead: { id: number; stage: Stage },
  stage: Stage,
  reason: string | undefined,
): Promise<void> {
  await tx.tx.run(
    writeLeadStage({
      companyId: tx.companyId,
      leadId: lead.id,
      from: lead.stage,
      stage,
      reason: reason ?? null,
      changedBy: actingUserId(tx),
      now: tx.now().toISOString(),
      closed: closedStages.includes(stage),
    }),
  );
}

type LeadStageArgs = {
  companyId: number;
  leadId: number;
  from: Stage;
  stage: Stage;
  reason: string | null;
  changedBy: number | null;
  now: string;
  closed: boolean;
};

const writeLeadStage = prepared<LeadStageArgs>()(
  (_db, arg) => sql<never>`
    with moved as (
      update leads set stage = ${arg("stage")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz,
        closed_at = case when ${arg("closed")}::boolean then ${arg("now")}::timestamptz end
      where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint
    )
    insert into lead_stage_changes (company_id, lead_id, from_stage, to_stage, reason, changed_by, changed_at)
    values (${arg("companyId")}::bigint, ${arg("leadId")}::bigint, ${arg("from")}::text, ${arg("stage")}::text,
      ${arg("reason")}::text, ${arg("changedBy")}::bigint, ${arg("now")}::timestamptz)`,
);
