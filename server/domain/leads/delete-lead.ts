import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { hideActivitiesOfLead, showActivitiesOfLead } from "../activities/hide-activities-of-lead.ts";
import { getContact } from "../contacts/get-contact.ts";
import { lockContact } from "../contacts/update-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { hideNotesOfLead, showNotesOfLead } from "../notes/hide-notes-of-lead.ts";
import { hideTasksOfLead, showTasksOfLead } from "../tasks/hide-tasks-of-lead.ts";
import { findOpenLead, getLead } from "./get-lead.ts";
import { type Lead, leadCode } from "./lead.ts";
import { lockLead } from "./lock-lead.ts";
import { makeRoomForLead } from "./make-room-for-lead.ts";

/** Puts a lead away with what was done in it: its calls, mails and notes as they are told, and its tasks. The person stays. */
export async function deleteLead(ctx: Ctx, leadId: number, options: { ifVersion?: number } = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { contactId, stage, number } = await lockLead(tx, leadId, options.ifVersion);
    const at = tx.now().toISOString();
    await hideTasksOfLead(tx, leadId, at);
    await hideActivitiesOfLead(tx, leadId, at);
    await hideNotesOfLead(tx, leadId, at);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, leadId, at }));
    const told = { before: { stage }, data: { lead: leadCode(number) } };
    await recordEvent(tx, { type: "lead.deleted", subject: { kind: "lead", id: leadId }, contactId, ...told });
  });
}

/**
 * Brings a deleted lead back with all that went with it. Where the person has another one open by now, one that became a deal comes
 * back as ended and any other is refused.
 */
export async function restoreLead(ctx: Ctx, leadId: number): Promise<Lead> {
  return ctx.transact(async (tx) => {
    const deleted = await tx.tx.first(deletedLead({ companyId: tx.companyId, leadId }));
    if (deleted) await bringBack(tx, leadId, deleted);
    return getLead(tx, leadId);
  });
}

type Deleted = { contactId: number; closedAt: string | null; convertedAt: string | null; deletedAt: string };

async function bringBack(tx: TxCtx, leadId: number, deleted: Deleted): Promise<void> {
  const { contactId, deletedAt } = deleted;
  await lockContact(tx, contactId);
  // Refuses, too, who does not see the person.
  await getContact(tx, contactId);
  const closedAt = await endWhenBack(tx, deleted);
  const at = tx.now().toISOString();
  const restored = await tx.tx.first(markRestored({ companyId: tx.companyId, leadId, at, closedAt }));
  if (!restored) throw notFound("lead", leadId);
  await showTasksOfLead(tx, leadId, deletedAt);
  await showActivitiesOfLead(tx, leadId, deletedAt);
  await showNotesOfLead(tx, leadId, deletedAt);
  await recordEvent(tx, { type: "lead.restored", subject: { kind: "lead", id: leadId }, contactId });
}

/** When the lead ended, as it stands once it is back; null where it is open again. */
async function endWhenBack(tx: TxCtx, { contactId, closedAt, convertedAt }: Deleted): Promise<string | null> {
  if (closedAt !== null) return closedAt;
  if (convertedAt !== null && (await findOpenLead(tx, contactId))) return tx.now().toISOString();
  await makeRoomForLead(tx, contactId);
  return null;
}

const deletedLead = prepared<{ companyId: number; leadId: number }>()(
  (_db, arg) => sql<Deleted>`
    select contact_id as "contactId", closed_at as "closedAt", converted_at as "convertedAt", deleted_at as "deletedAt" from leads
    where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint and deleted_at is not null`,
);

type MarkArgs = { companyId: number; leadId: number; at: string };

const markDeleted = prepared<MarkArgs>()(
  (_db, arg) => sql<never>`
    update leads set deleted_at = ${arg("at")}::timestamptz, version = version + 1, updated_at = ${arg("at")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint`,
);

const markRestored = prepared<MarkArgs & { closedAt: string | null }>()(
  (_db, arg) => sql<{ id: number }>`
    update leads set deleted_at = null, closed_at = ${arg("closedAt")}::timestamptz, version = version + 1,
      updated_at = ${arg("at")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint and deleted_at is not null
    returning id`,
);
