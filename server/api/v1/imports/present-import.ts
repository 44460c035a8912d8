import type * as View from "../../../../shared/v1/import.ts";
import type { DryRun } from "../../../domain/imports/check-import.ts";
import type { ImportRow } from "../../../domain/imports/get-import.ts";
import type { Import } from "../../../domain/imports/import.ts";
import { suggestMapping } from "../../../domain/imports/suggest-mapping.ts";

export function presentImport(found: Import): View.Import {
  return {
    id: found.id,
    state: found.state,
    filename: found.filename,
    delimiter: found.delimiter,
    encoding: found.encoding,
    header: found.header,
    mapping: found.mapping,
    preset: suggestMapping(found.header, []).preset,
    on_duplicate: found.onDuplicate,
    row_count: found.rowCount,
    done_rows: found.state === "uploaded" ? 0 : found.lastRow,
    counts: found.counts,
    created_by: found.createdBy,
    created_at: found.createdAt,
    finished_at: found.finishedAt,
    undone_at: found.undoneAt,
  };
}

export function presentImportRow(row: ImportRow): View.ImportRow {
  return {
    row_number: row.rowNumber,
    cells: row.cells,
    result: row.result,
    reason: row.reason,
    contact_id: row.contactId,
  };
}

export function presentDryRun({ checkedRows, counts, failures }: DryRun): View.ImportCheck {
  return {
    checked_rows: checkedRows,
    counts,
    failures: failures.map(({ rowNumber, reason }) => ({ row_number: rowNumber, reason })),
  };
}
