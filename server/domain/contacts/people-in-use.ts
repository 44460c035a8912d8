import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Who of these people has something that somebody would miss: a conversation, deal, task, activity or note. */
export async function peopleInUse(tx: TxCtx, contactIds: number[]): Promise<Set<number>> {
  const rows = await tx.tx.all(inUse({ companyId: tx.companyId, contactIds }));
  return new Set(rows.map(({ id }) => id));
}

const inUse = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ id: number }>`
    select p.id from unnest(${arg("contactIds")}::bigint[]) as p (id)
    where exists (select from conversations t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id)
      or exists (select from deals t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null)
      or exists (select from tasks t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null)
      or exists (select from activities t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null)
      or exists (select from notes t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null)`,
);
