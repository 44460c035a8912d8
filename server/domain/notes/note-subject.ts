import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { resolveSubject } from "../tasks/task-subject.ts";

export type NoteSubject = {
  contactId: number | null;
  dealId: number | null;
  leadId: number | null;
  organizationId: number | null;
};

/** What a note is about: all of it must be there; a deal and a lead must be the person's own, and bring the person along. */
export async function resolveNoteSubject(ctx: Ctx, subject: NoteSubject): Promise<NoteSubject> {
  const { contactId, dealId, leadId, organizationId } = subject;
  if ((contactId ?? dealId ?? leadId ?? organizationId) === null) {
    throw invalid("contactId", "A note is about a contact, a deal, a lead or an organization.");
  }
  const resolved = await resolveSubject(ctx, { contactId, dealId, leadId });
  if (organizationId !== null) {
    const row = await ctx.db.first(organizationExists({ companyId: ctx.companyId, organizationId }));
    if (!row) throw notFound("organization", organizationId);
  }
  return { contactId: resolved.contactId, dealId, leadId, organizationId };
}

const organizationExists = prepared<{ companyId: number; organizationId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from organizations
    where company_id = ${arg("companyId")}::bigint and id = ${arg("organizationId")}::bigint and deleted_at is null`,
);
