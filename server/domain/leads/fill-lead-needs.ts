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
    changed.map(({ id, contact_id, ...after }) => ({
      type: "lead.updated",
      subject: { kind: "lead", id },
      contactId: contact_id,
      after,
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
};

const updateNeeds = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Changed>`
    update leads l set need = coalesce(l.need, r.need), budget = coalesce(l.budget, r.budget),
      budget_currency = case when l.budget is null then r.currency else l.budget_currency end, version = l.version + 1, updated_at = now()
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (lead_id bigint, need text, budget numeric, currency text)
    where l.company_id = ${arg("companyId")} and l.id = r.lead_id
      and ((l.need is null and r.need is not null) or (l.budget is null and r.budget is not null))
    returning l.id, l.contact_id, l.need, l.budget, l.budget_currency`,
);
