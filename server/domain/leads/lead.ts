import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";
import { memberNameSql } from "../accounts/user.ts";

/** One pursuit of a person: what it says of itself, and the person and organization as they are. `number` is shown as LEAD-nnn. */
export type Lead = LeadFields & {
  id: number;
  number: number;
  contactId: number;
  contactName: string;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  /** The person's position. */
  jobTitle: string | null;
  organizationId: number | null;
  organizationName: string | null;
  /** A member's name, or the name that is no member's. */
  ownerName: string | null;
  stage: Stage;
  need: string | null;
  /** Exact decimal text. */
  budget: string | null;
  budgetCurrency: string | null;
  referral: JsonObject | null;
  custom: JsonObject;
  createdBy: number | null;
  createdByName: string | null;
  /** How many lines `leadStory` has. */
  activityCount: number;
  convertedAt: string | null;
  dealId: number | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
};

/** What of a lead itself can be edited. */
export type LeadFields = {
  salutation: string;
  gender: string;
  website: string;
  industry: string;
  /** As people write it: 100-500. */
  employees: string;
  /** Exact decimal text, as is the estimated value. */
  annualRevenue: string | null;
  territory: string;
  source: string | null;
  notes: string;
  estimatedValue: string | null;
  metadata: JsonObject;
  ownerUserId: number | null;
};

// What stands on the person and on no lead belongs to each of their leads. Counted where it is read: its indices hold nothing else.
function onNoLeadSql(table: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) from ${table} x
    where x.company_id = l.company_id and x.contact_id = l.contact_id and x.lead_id is null and x.deleted_at is null)`;
}

export const leadColumns: RawBuilder<unknown> = sql`
  l.id, l.number, l.contact_id as "contactId", c.name as "contactName", c.first_name as "firstName", c.last_name as "lastName", c.email,
  c.phone, c.position as "jobTitle", o.id as "organizationId", o.name as "organizationName", l.owner_user_id as "ownerUserId",
  coalesce(${memberNameSql(sql`owner`)}, l.owner_name) as "ownerName", l.stage, l.source, l.salutation, l.gender, l.website,
  l.industry, l.employees, trim_scale(l.annual_revenue)::text as "annualRevenue", l.territory, l.notes,
  trim_scale(l.estimated_value)::text as "estimatedValue", l.metadata, l.need, trim_scale(l.budget) as budget,
  l.budget_currency as "budgetCurrency", l.referral, l.custom, l.created_by as "createdBy", ${memberNameSql(sql`maker`)} as "createdByName",
  (l.activity_count + ${onNoLeadSql(sql`activities`)} + ${onNoLeadSql(sql`tasks`)})::int as "activityCount",
  l.converted_at as "convertedAt", l.converted_deal_id as "dealId", l.version,
  l.created_at as "createdAt", l.updated_at as "updatedAt", l.closed_at as "closedAt"`;

// Left joins, although the person is always there: an inner join on two columns is mis-estimated and costs the index its order.
export const leadSource: RawBuilder<unknown> = sql`
  leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
  left join organizations o on o.company_id = c.company_id and o.id = c.organization_id and o.deleted_at is null
  left join users owner on owner.id = l.owner_user_id
  left join users maker on maker.id = l.created_by`;

/** LEAD-007: at least three digits. leadCodeSql says the same. */
export function leadCode(number: number): string {
  return `LEAD-${String(number).padStart(3, "0")}`;
}

export function leadCodeSql(number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`'LEAD-' || lpad(${number}::text, greatest(3, length(${number}::text)), '0')`;
}

/** The number in "LEAD-007", whatever its case and zeros. */
export function leadNumberIn(text: string): number | undefined {
  const digits = /^lead-0*([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
