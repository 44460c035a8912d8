import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { contactSearchText, type Searchable } from "./contact-search-text.ts";

/** Writes what these people are found by, after a change of their name, number, mail or organization. */
export async function writeSearchTexts(tx: TxCtx, people: (Searchable & { id: number })[]): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map((person) => ({ id: person.id, search_text: contactSearchText(person) }));
  await tx.tx.run(updateSearchTexts({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
}

const updateSearchTexts = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    update contacts c set search_text = r.search_text
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, search_text text)
    where c.company_id = ${arg("companyId")}::bigint and c.id = r.id`,
);
