import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Lead, leadColumns } from "./lead.ts";

export async function getLead(ctx: Ctx, leadId: number): Promise<Lead> {
  const lead = await ctx.db.first(leadById({ companyId: ctx.companyId, leadId }));
  if (!lead) throw notFound("lead", leadId);
  return lead;
}

/** The lead a person has open, if any. */
export async function findOpenLead(ctx: Ctx, contactId: number): Promise<Lead | undefined> {
  return ctx.db.first(openLeadOfContact({ companyId: ctx.companyId, contactId }));
}

const leadById = prepared<{ companyId: number; leadId: number }>()(
  (_db, arg) => sql<Lead>`
    select ${leadColumns} from leads l join contacts c on c.company_id = l.company_id and c.id = l.contact_id
    where l.company_id = ${arg("companyId")}::bigint and l.id = ${arg("leadId")}::bigint and l.deleted_at is null`,
);

const openLeadOfContact = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<Lead>`
    select ${leadColumns} from leads l join contacts c on c.company_id = l.company_id and c.id = l.contact_id
    where l.company_id = ${arg("companyId")}::bigint and l.contact_id = ${arg("contactId")}::bigint
      and l.closed_at is null and l.deleted_at is null`,
);
