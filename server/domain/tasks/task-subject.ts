import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { inReachSql, personInReachSql, type ReachArgs, type ReachArgument, reachArgs } from "../reach/reach.ts";

export type TaskSubject = {
  contactId: number | null;
  dealId: number | null;
  leadId: number | null;
  appointmentId: number | null;
};

type AskedSubject = Omit<TaskSubject, "appointmentId"> & Partial<Pick<TaskSubject, "appointmentId">>;

/** Whom a task is about: deal, lead and appointment must be that person's, and bring the person along where none is named. */
export async function resolveSubject(ctx: Ctx, subject: AskedSubject): Promise<TaskSubject> {
  const { contactId, dealId, leadId, appointmentId = null } = subject;
  const about = { contactId, dealId, leadId, appointmentId };
  if ((contactId ?? dealId ?? leadId ?? appointmentId) === null) return about;
  const found = await ctx.db.first(subjectOwners({ companyId: ctx.companyId, ...about, ...reachArgs(ctx) }));
  if (contactId !== null && !found?.contactFound) throw notFound("contact", contactId);
  const dealOwner = found?.dealContactId ?? null;
  const leadOwner = found?.leadContactId ?? null;
  const visitor = found?.appointmentContactId ?? null;
  if (dealId !== null && dealOwner === null) throw notFound("deal", dealId);
  if (leadId !== null && leadOwner === null) throw notFound("lead", leadId);
  if (appointmentId !== null && visitor === null) throw notFound("appointment", appointmentId);
  const person = contactId ?? dealOwner ?? leadOwner ?? visitor;
  if (dealOwner !== null && dealOwner !== person) throw invalid("dealId", "The deal belongs to another contact.");
  if (leadOwner !== null && leadOwner !== person) throw invalid("leadId", "The lead belongs to another contact.");
  if (visitor !== null && visitor !== person)
    throw invalid("appointmentId", "The appointment belongs to another contact.");
  return { contactId: person, dealId, leadId, appointmentId };
}

type Owners = {
  contactFound: boolean;
  dealContactId: number | null;
  leadContactId: number | null;
  appointmentContactId: number | null;
};

const subjectOwners = prepared<TaskSubject & { companyId: number } & ReachArgs>()(
  (_db, arg) => sql<Owners>`
    select
      exists (select from contacts where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint
        and deleted_at is null and ${inReachSql(arg, sql`owner_user_id`)}) as "contactFound",
      (select contact_id from deals where company_id = ${arg("companyId")}::bigint and id = ${arg("dealId")}::bigint
        and deleted_at is null and ${ofSeen(arg)}) as "dealContactId",
      (select contact_id from leads where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint
        and deleted_at is null and ${ofSeen(arg)}) as "leadContactId",
      (select contact_id from appointments where company_id = ${arg("companyId")}::bigint and id = ${arg("appointmentId")}::bigint
        and deleted_at is null and ${ofSeen(arg)}) as "appointmentContactId"`,
);

function ofSeen(arg: ReachArgument): RawBuilder<unknown> {
  return personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` });
}
