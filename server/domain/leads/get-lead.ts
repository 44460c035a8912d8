import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Lead, leadCode, leadColumns, leadSource } from "./lead.ts";

export async function getLead(ctx: Ctx, leadId: number): Promise<Lead> {
  const lead = await ctx.db.first(leadById({ companyId: ctx.companyId, leadId, ...reachArgs(ctx) }));
  if (!lead) throw notFound("lead", leadId);
  return lead;
}

/** The lead that the company counts by this number: LEAD-012. */
export async function getLeadByNumber(ctx: Ctx, number: number): Promise<Lead> {
  const lead = await ctx.db.first(leadByNumber({ companyId: ctx.companyId, number, ...reachArgs(ctx) }));
  if (!lead) throw notFound("lead", leadCode(number));
  return lead;
}

/** The id of the lead that the company counts by this number, deleted or not. */
export async function leadIdOfNumber(ctx: Ctx, number: number): Promise<number> {
  const lead = await ctx.db.first(idByNumber({ companyId: ctx.companyId, number, ...reachArgs(ctx) }));
  if (!lead) throw notFound("lead", leadCode(number));
  return lead.id;
}

/** The lead a person has open, if any. */
export async function findOpenLead(ctx: Ctx, contactId: number): Promise<Lead | undefined> {
  return ctx.db.first(openLeadOfContact({ companyId: ctx.companyId, contactId, ...reachArgs(ctx) }));
}

const leadById = prepared<{ companyId: number; leadId: number } & ReachArgs>()(
  (_db, arg) => sql<Lead>`
    select ${leadColumns} from ${leadSource}
    where l.company_id = ${arg("companyId")}::bigint and l.id = ${arg("leadId")}::bigint and l.deleted_at is null
      and c.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);

const leadByNumber = prepared<{ companyId: number; number: number } & ReachArgs>()(
  (_db, arg) => sql<Lead>`
    select ${leadColumns} from ${leadSource}
    where l.company_id = ${arg("companyId")}::bigint and l.number = ${arg("number")}::bigint and l.deleted_at is null
      and c.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);

const idByNumber = prepared<{ companyId: number; number: number } & ReachArgs>()(
  (_db, arg) => sql<{ id: number }>`
    select l.id from leads l join contacts c on c.company_id = l.company_id and c.id = l.contact_id
    where l.company_id = ${arg("companyId")}::bigint and l.number = ${arg("number")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);

const openLeadOfContact = prepared<{ companyId: number; contactId: number } & ReachArgs>()(
  (_db, arg) => sql<Lead>`
    select ${leadColumns} from ${leadSource}
    where l.company_id = ${arg("companyId")}::bigint and l.contact_id = ${arg("contactId")}::bigint
      and l.closed_at is null and l.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
