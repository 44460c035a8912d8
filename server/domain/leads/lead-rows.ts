import { type RawBuilder, sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { closedStages } from "../../../shared/stages.ts";
import type { NewLead } from "./open-lead.ts";

export type LeadRowArgs = { companyId: number; rows: string };

type Argument = <Key extends keyof LeadRowArgs>(key: Key) => LeadRowArgs[Key];

/** New leads as rows, one argument for all of them. */
export function leadRowsSql(arg: Argument): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${arg("rows")}::jsonb) as
    r (position int, contact_id bigint, stage text, closed boolean, source text, need text, referral jsonb, owner_user_id bigint,
      owner_name text, budget numeric, budget_currency text, custom jsonb, salutation text, gender text, website text, industry text,
      employees text, annual_revenue numeric, territory text, notes text, estimated_value numeric, metadata jsonb)`;
}

export function leadRowOf(lead: NewLead, position: number): Record<string, Json> {
  const { details = {} } = lead;
  return {
    position,
    contact_id: lead.contactId,
    stage: lead.stage,
    closed: closedStages.includes(lead.stage),
    source: lead.source ?? null,
    need: lead.need ?? null,
    referral: lead.referral ?? null,
    owner_user_id: lead.ownerUserId ?? null,
    owner_name: lead.ownerName ?? null,
    budget: lead.budget ?? null,
    budget_currency: lead.budgetCurrency ?? null,
    custom: lead.custom ?? {},
    salutation: details.salutation ?? "",
    gender: details.gender ?? "",
    website: details.website ?? "",
    industry: details.industry ?? "",
    employees: details.employees ?? "",
    annual_revenue: details.annualRevenue ?? null,
    territory: details.territory ?? "",
    notes: details.notes ?? "",
    estimated_value: details.estimatedValue ?? null,
    metadata: details.metadata ?? {},
  };
}
