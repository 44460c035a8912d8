import type { Db, Queries } from "../../db/connection.ts";
import { DatabaseUnavailable } from "../../db/connection.ts";
import { createCtx, inTransaction, type TxCtx } from "../context.ts";
import { type ClaimedImport, claimImport, dueRows, finishImport, noteResults, passRow } from "./claim-import.ts";
import { importRows } from "./import-contacts.ts";
import { undoRows } from "./undo-rows.ts";

/** So many rows are one transaction: large enough for one round of statements, short enough for others not to wait. */
const importBatch = 500;

/**
 * The next rows of one import that somebody started, or of one that is being undone: one transaction, so that a process that dies in
 * the middle has done nothing of them and another one goes on. Says whether there was something to do.
 */
export async function importStep(db: Db, now: () => Date = () => new Date()): Promise<boolean> {
  try {
    return await db.transaction((queries) => step(db, queries, now, importBatch));
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    // Something the rows hold: they are tried one by one, and the one at fault is passed over with a reason.
    return stepThrough(db, now);
  }
}

async function stepThrough(db: Db, now: () => Date): Promise<boolean> {
  for (let tries = 0; tries < importBatch; tries += 1) {
    try {
      if (!(await db.transaction((queries) => step(db, queries, now, 1)))) return false;
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      await db.transaction((queries) => passFaulty(db, queries, now));
    }
  }
  return true;
}

async function step(db: Db, queries: Queries, now: () => Date, size: number): Promise<boolean> {
  const held = await claimImport(queries);
  if (!held) return false;
  const tx = contextOf(db, queries, now, held);
  const rows = await dueRows(tx, held, size);
  if (held.state === "undoing") await undoBatch(tx, held, rows);
  else await importBatchOf(tx, held, rows);
  if (rows.length < size) await finishImport(tx, held.id, held.state === "undoing" ? "undone" : "finished");
  return true;
}

async function passFaulty(db: Db, queries: Queries, now: () => Date): Promise<void> {
  const held = await claimImport(queries);
  if (held) await passRow(contextOf(db, queries, now, held), held);
}

type Rows = Awaited<ReturnType<typeof dueRows>>;

async function importBatchOf(tx: TxCtx, held: ClaimedImport, rows: Rows): Promise<void> {
  const { id, mapping, onDuplicate } = held;
  const results = await importRows(tx, {
    rows: rows.map(({ cells }) => cells),
    mapping,
    onDuplicate,
    data: { import_id: id },
  });
  const noted = results.map((result, index) => ({ ...result, rowNumber: rows[index]?.rowNumber ?? 0 }));
  await noteResults(tx, held, noted);
}

async function undoBatch(tx: TxCtx, held: ClaimedImport, rows: Rows): Promise<void> {
  await noteResults(tx, held, await undoRows(tx, held.id, rows));
}

function contextOf(db: Db, queries: Queries, now: () => Date, { companyId, actor }: ClaimedImport): TxCtx {
  return inTransaction(createCtx({ db, companyId, actor, now }), queries);
}
