import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/**
 * Who of these people has something that somebody would miss: a conversation, deal, task, activity or note; with a time, only what
 * came after it.
 */
export async function peopleInUse(tx: TxCtx, people: { id: number; since: string | null }[]): Promise<Set<number>> {
  const rows = await tx.tx.all(inUse({ companyId: tx.companyId, people: JSON.stringify(people) }));
  return new Set(rows.map(({ id }) => id));
}

const inUse = prepared<{ companyId: number; people: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select p.id from (select r.id, coalesce(r.since, '-infinity') as since
      from jsonb_to_recordset(${arg("people")}::jsonb) as r (id bigint, since timestamptz)) p
    where exists (select from conversations t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id
        and greatest(t.created_at, t.last_message_at) > p.since)
      or exists (select from deals t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null
        and t.created_at > p.since)
      or exists (select from tasks t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null
        and t.created_at > p.since)
      or exists (select from activities t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null
        and t.created_at > p.since)
      or exists (select from notes t where t.company_id = ${arg("companyId")}::bigint and t.contact_id = p.id and t.deleted_at is null
        and t.created_at > p.since)`,
);
