import { sql } from "kysely";
import { type Json, jsonObjectOf } from "../../../shared/json.ts";
import { closedStages, stages } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { openLeads } from "./open-leads.ts";

export type Newcomer = { contactId: number; referral?: Json };

/**
 * People who wrote and were never a lead become one; who is a customer already, or was given up, does not start anew by writing.
 * Says who became one.
 */
export async function createLeadsForNewcomers(tx: TxCtx, newcomers: Newcomer[]): Promise<Set<number>> {
  if (newcomers.length === 0) return new Set();
  const contactIds = newcomers.map(({ contactId }) => contactId);
  const people = await tx.tx.all(selectNeverLeads({ companyId: tx.companyId, contactIds, closed: [...closedStages] }));
  if (people.length === 0) return new Set();
  const referrals = new Map(
    newcomers.flatMap(({ contactId, referral }) => (referral === undefined ? [] : [[contactId, referral]])),
  );
  const leads = people.map(({ id, stage, source }) => {
    const referral = jsonObjectOf(referrals.get(id));
    return {
      contactId: id,
      stage: stages.find((known) => known === stage) ?? "new",
      ...(source === null ? {} : { source }),
      ...(referral === undefined ? {} : { referral }),
    };
  });
  return new Set((await openLeads(tx, leads)).map(({ contactId }) => contactId));
}

const selectNeverLeads = prepared<{ companyId: number; contactIds: number[]; closed: string[] }>()(
  (_db, arg) => sql<{ id: number; stage: string; source: string | null }>`
    select c.id, c.stage, c.source from contacts c
    where c.company_id = ${arg("companyId")} and c.id = any(${arg("contactIds")}::bigint[]) and c.stage <> all(${arg("closed")}::text[])
      and not exists (select from leads l where l.company_id = c.company_id and l.contact_id = c.id)
    order by c.id`,
);
