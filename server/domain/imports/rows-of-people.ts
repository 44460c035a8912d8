import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { RowResult } from "./import.ts";
import type { PersonUndo } from "./import-people.ts";

export type RowOfPerson = {
  contactId: number;
  rowNumber: number;
  result: RowResult | null;
  reason: string | null;
  undo: PersonUndo | null;
};

/** What an import did with these people, or undid, in the order of its rows. It looks through all of them. */
export async function rowsOfPeople(tx: TxCtx, importId: number, contactIds: number[]): Promise<RowOfPerson[]> {
  if (contactIds.length === 0) return [];
  return tx.tx.all(selectRows({ companyId: tx.companyId, importId, contactIds }));
}

const selectRows = prepared<{ companyId: number; importId: number; contactIds: number[] }>()(
  (_db, arg) => sql<RowOfPerson>`
    select subject_id as "contactId", row_number as "rowNumber", result, reason, undo from import_rows
    where company_id = ${arg("companyId")}::bigint and import_id = ${arg("importId")}::bigint
      and subject_id = any(${arg("contactIds")}::bigint[]) and result in ('created', 'updated', 'undone', 'kept')
    order by row_number`,
);
