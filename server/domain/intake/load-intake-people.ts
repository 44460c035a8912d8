import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** A person as the new-lead workflow sees them. `leadId` is their open lead. */
export type IntakePerson = {
  id: number;
  name: string;
  email: string | null;
  phone: string | null;
  position: string | null;
  company: string | null;
  stage: string;
  leadScore: number;
  leadId: number | null;
  leadNumber: number | null;
  need: string | null;
  budget: string | null;
  budgetCurrency: string | null;
  hasFollowUp: boolean;
  hasDeal: boolean;
  /** Everything this person ever asked for. */
  intents: string[];
};

export async function loadIntakePeople(tx: TxCtx, contactIds: number[]): Promise<IntakePerson[]> {
  return tx.tx.all(selectPeople({ companyId: tx.companyId, contactIds }));
}

const selectPeople = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<IntakePerson>`
    select c.id, c.name, c.email, c.phone, c.position, o.name as company, c.stage, c.lead_score as "leadScore",
      l.id as "leadId", l.number as "leadNumber", l.need, l.budget, l.budget_currency as "budgetCurrency",
      (select true from tasks t where t.company_id = c.company_id and t.origin_key = 'intake:lead:' || l.id limit 1) is true as "hasFollowUp",
      (select true from deals d where d.company_id = c.company_id and d.contact_id = c.id and d.deleted_at is null
        and d.stage not in ('closed_won', 'closed_lost') limit 1) is true or
      (select true from deals d where d.company_id = c.company_id and d.origin_key = 'intake:lead:' || l.id limit 1) is true as "hasDeal",
      coalesce((select array_agg(distinct word) from messages m, unnest(m.intents) as word
        where m.company_id = c.company_id and m.contact_id = c.id and m.direction = 'in' and m.intents <> '{}'), '{}') as intents
    from contacts c
    left join organizations o on o.company_id = c.company_id and o.id = c.organization_id
    left join leads l on l.company_id = c.company_id and l.contact_id = c.id and l.closed_at is null and l.deleted_at is null
    where c.company_id = ${arg("companyId")} and c.id = any(${arg("contactIds")}::bigint[])`,
);
