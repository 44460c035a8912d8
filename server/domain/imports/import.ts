import { type RawBuilder, sql } from "kysely";
import type { Mapping } from "./import-fields.ts";
import type { OnDuplicate, PersonResult } from "./import-people.ts";

export const importStates = ["uploaded", "running", "finished", "undoing", "undone"] as const;
export type ImportState = (typeof importStates)[number];

export type RowResult = PersonResult["result"] | "undone" | "kept";

export type Import = {
  id: number;
  state: ImportState;
  filename: string | null;
  delimiter: string | null;
  encoding: string | null;
  header: string[];
  mapping: Mapping;
  onDuplicate: OnDuplicate;
  rowCount: number;
  /** How far the work has come. */
  lastRow: number;
  /** Rows by their result. */
  counts: Partial<Record<RowResult, number>>;
  createdBy: number | null;
  createdAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
};

export const importColumns: RawBuilder<unknown> = sql`
  i.id, i.state, i.filename, i.delimiter, i.encoding, i.header, i.mapping, i.on_duplicate as "onDuplicate", i.row_count as "rowCount",
  i.last_row as "lastRow", i.counts, i.created_by as "createdBy", i.created_at as "createdAt", i.finished_at as "finishedAt",
  i.undone_at as "undoneAt"`;
