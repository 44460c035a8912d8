import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { writeSearchTexts } from "./write-search-texts.ts";

/** Columns of the table by name, as the journal of an undo keeps them. */
export type FieldsBefore = { id: number; fields: JsonObject };

/** Writes earlier values back onto people, each row only the columns it names; an undo calls it, which has checked that it may. */
export async function restoreFields(tx: TxCtx, rows: FieldsBefore[]): Promise<void> {
  if (rows.length === 0) return;
  const args = { companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() };
  await writeSearchTexts(tx, await tx.tx.all(writeBack(args)));
}

type Searchable = { id: number; name: string; phone: string | null; email: string | null; company: string | null };

const writeBack = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<Searchable>`
    with earlier as materialized (
      select c.id as contact_id, e.*
      from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, fields jsonb)
      join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = r.id
      cross join lateral jsonb_populate_record(c, r.fields) as e
    ), written as (
      update contacts c set name = e.name, first_name = e.first_name, last_name = e.last_name, phone = e.phone, email = e.email,
        position = e.position, source = e.source, notes = e.notes, organization_id = e.organization_id,
        owner_user_id = e.owner_user_id, stage = e.stage, country = e.country, language = e.language, avatar_url = e.avatar_url,
        custom = e.custom, do_not_contact = e.do_not_contact, last_contacted_at = e.last_contacted_at,
        next_follow_up_at = e.next_follow_up_at, deleted_at = e.deleted_at, version = c.version + 1,
        updated_at = ${arg("now")}::timestamptz
      from earlier e where c.company_id = ${arg("companyId")}::bigint and c.id = e.contact_id
      returning c.id, c.name, c.phone, c.email, c.organization_id
    )
    select w.id, w.name, w.phone, w.email, o.name as company from written w
    left join organizations o on o.company_id = ${arg("companyId")}::bigint and o.id = w.organization_id and o.deleted_at is null`,
);
