import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Lead, LeadFields } from "./lead.ts";

/** What of a lead is written at once; owner, stage and conversion are acts of their own. */
export type EditableLead = Omit<LeadFields, "ownerUserId"> &
  Pick<Lead, "id" | "need" | "budget" | "budgetCurrency" | "custom">;

export async function writeLead(tx: TxCtx, lead: EditableLead): Promise<void> {
  const metadata = JSON.stringify(lead.metadata);
  const custom = JSON.stringify(lead.custom);
  await tx.tx.run(updateRow({ ...lead, metadata, custom, companyId: tx.companyId, now: tx.now().toISOString() }));
}

type Row = Omit<EditableLead, "metadata" | "custom"> & {
  companyId: number;
  metadata: string;
  custom: string;
  now: string;
};

const updateRow = prepared<Row>()(
  (_db, arg) => sql<never>`
    update leads set salutation = ${arg("salutation")}::text, gender = ${arg("gender")}::text, website = ${arg("website")}::text,
      industry = ${arg("industry")}::text, employees = ${arg("employees")}::text, annual_revenue = ${arg("annualRevenue")}::numeric,
      territory = ${arg("territory")}::text, source = ${arg("source")}::text, notes = ${arg("notes")}::text,
      estimated_value = ${arg("estimatedValue")}::numeric, metadata = ${arg("metadata")}::jsonb, need = ${arg("need")}::text,
      budget = ${arg("budget")}::numeric, budget_currency = ${arg("budgetCurrency")}::text, custom = ${arg("custom")}::jsonb,
      organization_id = (select c.organization_id from contacts c where c.company_id = leads.company_id and c.id = leads.contact_id),
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
