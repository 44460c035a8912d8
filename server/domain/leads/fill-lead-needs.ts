import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** `budget` is exact decimal text. */
export type NeedFill = { leadId: number; need: string | null; budget: string | null; currency: string | null };

/** Writes what people said they need and can spend, where the lead does not say it yet. */
export async function fillLeadNeeds(tx: TxCtx, fills: NeedFill[]): Promise<void> {
  if (fills.length === 0) return;
  const changed = await tx.tx.all(updateNeeds({ companyId: tx.companyId, rows: JSON.stringify(fills.map(rowOf)) }));
  await recordEvents(
    tx,
    changed.map((row) => ({
      type: "lead.updated",
      subject: { kind: "lead", id: row.id },
      contactId: row.contact_id,
      before: { ...(row.gained_need ? { need: null } : {}), ...(row.gained_budget ? { budget: null } : {}) },
      after: {
        ...(row.gained_need ? { need: row.need } : {}),
        ...(row.gained_budget ? { budget: row.budget, budget_currency: row.budget_currency } : {}),
      },
      data: { why: "said in a message" },
    })),
  );
}

// numeric(19, 4) holds fifteen digits before the point; a larger "budget" is a joke or a phone number.
const largestBudget = 1e11;

function rowOf({ leadId, need, budget, currency }: NeedFill) {
  const usable = budget !== null && Number(budget) < largestBudget;
  return { lead_id: leadId, need, budget: usable ? budget : null, currency: usable ? currency : null };
}

type Changed = {
  id: number;
  contact_id: number;
  need: string | null;
  budget: string | null;
  budget_currency: string | null;
  gained_need: boolean;
  gained_budget: boolean;
};

const updateNeeds = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Changed>`
    with wanted as (
      select r.*, l.need is null and r.need is not null as gained_need, l.budget is null and r.budget is not null as gained_budget
      from jsonb_to_recordset(${arg("rows")}::jsonb) as r (lead_id bigint, need text, budget numeric, currency text)
      join leads l on l.company_id = ${arg("companyId")} and l.id = r.lead_id for update of l
    )
    update leads l set need = coalesce(l.need, w.need), budget = coalesce(l.budget, w.budget),
      budget_currency = case when w.gained_budget then w.currency else l.budget_currency end, version = l.version + 1, updated_at = now()
    from wanted w where l.company_id = ${arg("companyId")} and l.id = w.lead_id and (w.gained_need or w.gained_budget)
    returning l.id, l.contact_id, l.need, l.budget, l.budget_currency, w.gained_need, w.gained_budget`,
);
