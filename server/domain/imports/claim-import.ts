import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Actor, TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { RowResult } from "./import.ts";
import type { Mapping } from "./import-fields.ts";
import type { OnDuplicate, PersonUndo } from "./import-people.ts";

export type ClaimedImport = {
  companyId: number;
  id: number;
  state: "running" | "undoing";
  mapping: Mapping;
  onDuplicate: OnDuplicate;
  actor: Actor;
  lastRow: number;
};

/** An import with work to do that nobody else is at, held until the end of the transaction. The oldest first, over all companies. */
export async function claimImport(queries: Queries): Promise<ClaimedImport | undefined> {
  return queries.first(claim({}));
}

export type DueRow = {
  rowNumber: number;
  cells: string[];
  result: RowResult | null;
  contactId: number | null;
  undo: PersonUndo | null;
};

export async function dueRows(tx: TxCtx, { id, lastRow, state }: ClaimedImport, count: number): Promise<DueRow[]> {
  return tx.tx.all(rowsAfter({ companyId: tx.companyId, id, lastRow, count, undoing: state === "undoing" }));
}

export type NotedResult = {
  rowNumber: number;
  result: RowResult;
  reason: string | null;
  contactId: number | null;
  undo: PersonUndo | null;
};

/** Writes what became of rows, and moves the import on behind them. */
export async function noteResults(tx: TxCtx, { id }: Pick<ClaimedImport, "id">, results: NotedResult[]): Promise<void> {
  if (results.length === 0) return;
  const { companyId } = tx;
  const counts: JsonObject = {};
  for (const [result, group] of Map.groupBy(results, (row) => row.result)) counts[result] = group.length;
  await tx.tx.run(writeResults({ companyId, id, rows: JSON.stringify(results) }));
  const lastRow = results.at(-1)?.rowNumber ?? 0;
  await tx.tx.run(writeProgress({ companyId, id, lastRow, counts: JSON.stringify(counts) }));
}

/** Leaves out the next row, which could not be written. */
export async function passRow(tx: TxCtx, held: ClaimedImport): Promise<void> {
  const [row] = await dueRows(tx, held, 1);
  if (!row) return;
  const { rowNumber, contactId, undo } = row;
  const result = held.state === "undoing" ? "kept" : "failed";
  await noteResults(tx, held, [{ rowNumber, result, reason: "The row could not be written.", contactId, undo }]);
}

/** Its last row is done, or taken back. */
export async function finishImport(tx: TxCtx, id: number, state: "finished" | "undone"): Promise<void> {
  await tx.tx.run(writeEnd({ companyId: tx.companyId, id, state, now: tx.now().toISOString() }));
  await recordEvent(tx, { type: `import.${state}`, subject: { kind: "import", id } });
}

const claim = prepared<object>()(
  () => sql<ClaimedImport>`
    select company_id as "companyId", id, state, mapping, on_duplicate as "onDuplicate", actor, last_row as "lastRow"
    from imports where state in ('running', 'undoing') order by id limit 1 for update skip locked`,
);

type RowArgs = { companyId: number; id: number; lastRow: number; count: number; undoing: boolean };

const rowsAfter = prepared<RowArgs>()(
  (_db, arg) => sql<DueRow>`
    select row_number as "rowNumber", input as cells, result, subject_id as "contactId", undo from import_rows
    where company_id = ${arg("companyId")}::bigint and import_id = ${arg("id")}::bigint and row_number > ${arg("lastRow")}::int
      and (not ${arg("undoing")}::boolean or result in ('created', 'updated'))
    order by row_number limit ${arg("count")}::int`,
);

const writeResults = prepared<{ companyId: number; id: number; rows: string }>()(
  (_db, arg) => sql<never>`
    update import_rows i set result = r.result, reason = r.reason, subject_id = r."contactId", undo = r.undo
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("rowNumber" int, result text, reason text, "contactId" bigint, undo jsonb)
    where i.company_id = ${arg("companyId")}::bigint and i.import_id = ${arg("id")}::bigint and i.row_number = r."rowNumber"`,
);

const writeProgress = prepared<{ companyId: number; id: number; lastRow: number; counts: string }>()(
  (_db, arg) => sql<never>`
    update imports i set last_row = ${arg("lastRow")}::int, counts = (
      select jsonb_object_agg(key, total) from (
        select key, sum(value::int) as total from (
          select key, value from jsonb_each_text(i.counts) union all select key, value from jsonb_each_text(${arg("counts")}::jsonb)
        ) as each_count group by key
      ) as totals)
    where i.company_id = ${arg("companyId")}::bigint and i.id = ${arg("id")}::bigint`,
);

const writeEnd = prepared<{ companyId: number; id: number; state: string; now: string }>()(
  (_db, arg) => sql<never>`
    update imports set state = ${arg("state")}::text,
      finished_at = case when ${arg("state")}::text = 'finished' then ${arg("now")}::timestamptz else finished_at end,
      undone_at = case when ${arg("state")}::text = 'undone' then ${arg("now")}::timestamptz end
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
