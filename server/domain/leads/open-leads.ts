import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { type EventOrigin, insertEventsSql, originOf } from "../events/record-event.ts";
import { leadCodeSql } from "./lead.ts";
import { type LeadRowArgs, leadRowOf, leadRowsSql } from "./lead-rows.ts";
import type { NewLead } from "./open-lead.ts";

export type OpenedLead = { id: number; contactId: number; number: number };

/**
 * A lead for each of these people; who has an open one keeps it. The numbers are one range of the company's counter. People who
 * are not there (another company's, deleted) get nothing.
 */
export async function openLeads(tx: TxCtx, rows: NewLead[]): Promise<OpenedLead[]> {
  const wanted = [...new Map(rows.map((row) => [row.contactId, row])).values()];
  const contactIds = wanted.map((row) => row.contactId);
  const open = await tx.tx.all(openLeadsOf({ companyId: tx.companyId, contactIds }));
  if (open.length === wanted.length) return open;
  const held = new Set(open.map((lead) => lead.contactId));
  const missing = wanted.filter((row) => !held.has(row.contactId));
  const created = await insert(tx, missing);
  const opened = [...open, ...created];
  if (opened.length === wanted.length) return opened;
  return mergeById([...opened, ...(await tx.tx.all(openLeadsOf({ companyId: tx.companyId, contactIds })))]);
}

/**
 * The lead of a person whom this transaction has just made, so that nobody can have opened one. As its last act: nothing is waited
 * for, and the commit follows at once on the counter, which keeps all other newcomers waiting (364 new people a second with
 * three round trips between the two).
 */
export function openFirstLead(tx: TxCtx, lead: NewLead): void {
  insert(tx, [lead]).catch(() => {});
}

async function insert(tx: TxCtx, leads: NewLead[]): Promise<OpenedLead[]> {
  const createdBy = actingUserId(tx);
  const args = { companyId: tx.companyId, rows: JSON.stringify(leads.map(leadRowOf)), createdBy, ...originOf(tx) };
  // The counter's lock comes before the insert's snapshot: whoever held it has committed, so no number is taken for nothing.
  const [, created] = await Promise.all([
    tx.tx.run(lockCounter({ companyId: tx.companyId })),
    tx.tx.all(insertLeads(args)),
  ]);
  return created;
}

const openLeadsOf = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<OpenedLead>`
    select id, contact_id as "contactId", number from leads
    where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[])
      and closed_at is null and deleted_at is null`,
);

const lockCounter = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into company_counters (company_id, name) values (${arg("companyId")}::bigint, 'lead')
    on conflict (company_id, name) do update set last_value = company_counters.last_value`,
);

const insertLeads = prepared<LeadRowArgs & { createdBy: number | null } & EventOrigin>()(
  (_db, arg) => sql<OpenedLead>`
    with wanted as (
      select r.*, c.organization_id,
        case when r.owner_name is null then coalesce(r.owner_user_id, c.owner_user_id) end as owner,
        row_number() over (order by r.position) as place
      from ${leadRowsSql(arg)}
      join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = r.contact_id and c.deleted_at is null
      where not exists (select from leads l where l.company_id = c.company_id and l.contact_id = c.id
        and l.closed_at is null and l.deleted_at is null)
    ), counter as (
      update company_counters set last_value = last_value + (select count(*) from wanted)
      where company_id = ${arg("companyId")}::bigint and name = 'lead'
      returning last_value - (select count(*) from wanted) as before
    ), created as (
      insert into leads (company_id, number, contact_id, organization_id, owner_user_id, owner_name, stage, source, need, referral, budget,
        budget_currency, custom, salutation, gender, website, industry, employees, annual_revenue, territory, notes, estimated_value,
        metadata, created_by, created_at, updated_at, closed_at)
      select ${arg("companyId")}::bigint, counter.before + w.place, w.contact_id, w.organization_id, w.owner, w.owner_name, w.stage, w.source,
        w.need, w.referral, w.budget, w.budget_currency, coalesce(w.custom, '{}'), coalesce(w.salutation, ''), coalesce(w.gender, ''),
        coalesce(w.website, ''), coalesce(w.industry, ''), coalesce(w.employees, ''), w.annual_revenue, coalesce(w.territory, ''),
        coalesce(w.notes, ''), w.estimated_value, coalesce(w.metadata, '{}'), ${arg("createdBy")}::bigint, ${arg("occurredAt")}::timestamptz,
        ${arg("occurredAt")}::timestamptz, case when w.closed then ${arg("occurredAt")}::timestamptz end
      from wanted w, counter order by w.place
      on conflict (company_id, contact_id) where closed_at is null and deleted_at is null do nothing
      returning id, contact_id, number, stage, source, owner_user_id
    ), history as (
      insert into lead_stage_changes (company_id, lead_id, to_stage, changed_by, changed_at)
      select ${arg("companyId")}::bigint, id, stage, ${arg("createdBy")}::bigint, ${arg("occurredAt")}::timestamptz from created
    ), told as (
      ${insertEventsSql({ type: "lead.created", subject: "lead" }, told(arg), arg)}
    )
    select id, contact_id as "contactId", number from created order by number`,
);

function told(arg: (key: "companyId") => number): RawBuilder<unknown> {
  return sql`
    select ${arg("companyId")}::bigint, contact_id, id, jsonb_strip_nulls(jsonb_build_object('ownerUserId', owner_user_id))
        || jsonb_build_object('stage', stage, 'source', source),
      jsonb_build_object('lead', ${leadCodeSql(sql`number`)})
    from created order by number`;
}

function mergeById(leads: OpenedLead[]): OpenedLead[] {
  return [...new Map(leads.map((lead) => [lead.id, lead])).values()];
}
