import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { listCustomFields } from "../custom-fields/list-custom-fields.ts";
import { DomainError, invalid, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { getImport } from "./get-import.ts";
import type { Import, ImportState } from "./import.ts";
import { columnTargetOf, type Mapping } from "./import-fields.ts";
import type { OnDuplicate } from "./import-people.ts";

export type ImportPlan = { mapping?: (string | null)[]; onDuplicate?: OnDuplicate };

/** Says what the columns are and what happens with people who are there already; until it is started. */
export async function planImport(ctx: Ctx, id: number, plan: ImportPlan): Promise<Import> {
  requireWholeReach(ctx);
  return ctx.transact(async (tx) => {
    await writePlan(tx, await lockUploaded(tx, id), plan);
    return getImport(tx, id);
  });
}

/** Lets the worker begin. Starting what runs already changes nothing. */
export async function startImport(ctx: Ctx, id: number, plan: ImportPlan = {}): Promise<Import> {
  requireWholeReach(ctx);
  return ctx.transact(async (tx) => {
    const held = await lockUploaded(tx, id);
    const { mapping, onDuplicate } = await writePlan(tx, held, plan);
    if (mapping.every((target) => target === null))
      throw invalid("mapping", "No column stands for a field of people; at least one column must.");
    await tx.tx.run(writeState({ companyId: tx.companyId, id, from: "uploaded", state: "running" }));
    const data = { filename: held.filename, row_count: held.rowCount, on_duplicate: onDuplicate };
    await recordEvent(tx, { type: "import.started", subject: { kind: "import", id }, data });
    return getImport(tx, id);
  });
}

/** Lets the worker take a finished import back. */
export async function undoImport(ctx: Ctx, id: number): Promise<Import> {
  requireWholeReach(ctx);
  return ctx.transact(async (tx) => {
    const held = await lockImport(tx, id);
    if (held.state !== "finished") throw conflict(`This import is ${held.state}; only a finished one can be undone.`);
    await tx.tx.run(writeState({ companyId: tx.companyId, id, from: "finished", state: "undoing" }));
    await recordEvent(tx, { type: "import.undo_started", subject: { kind: "import", id } });
    return getImport(tx, id);
  });
}

async function lockUploaded(tx: TxCtx, id: number): Promise<Import> {
  const held = await lockImport(tx, id);
  if (held.state !== "uploaded") throw conflict(`This import is ${held.state} already.`);
  return held;
}

async function lockImport(tx: TxCtx, id: number): Promise<Import> {
  const row = await tx.tx.first(lockRow({ companyId: tx.companyId, id }));
  if (!row) throw notFound("import", id);
  return getImport(tx, id);
}

async function writePlan(
  tx: TxCtx,
  held: Import,
  plan: ImportPlan,
): Promise<{ mapping: Mapping; onDuplicate: OnDuplicate }> {
  const mapping = plan.mapping === undefined ? held.mapping : await checkedMapping(tx, held.header, plan.mapping);
  const onDuplicate = plan.onDuplicate ?? held.onDuplicate;
  const args = { companyId: tx.companyId, id: held.id, mapping: JSON.stringify(mapping), onDuplicate };
  await tx.tx.run(updatePlan(args));
  return { mapping, onDuplicate };
}

async function checkedMapping(tx: TxCtx, header: string[], words: (string | null)[]): Promise<Mapping> {
  if (words.length !== header.length)
    throw invalid("mapping", `mapping must have an entry for each of the ${header.length} columns`);
  const own = new Set((await listCustomFields(tx, "contact")).map(({ key }) => `custom.${key}`));
  return words.map((word) => {
    const target = columnTargetOf(word);
    if (target === undefined || (target?.startsWith("custom.") && !own.has(target)))
      throw invalid("mapping", `mapping: ${String(word).slice(0, 80)} is not a field of people`);
    return target;
  });
}

function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}

const lockRow = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from imports where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const updatePlan = prepared<{ companyId: number; id: number; mapping: string; onDuplicate: OnDuplicate }>()(
  (_db, arg) => sql<never>`
    update imports set mapping = ${arg("mapping")}::jsonb, on_duplicate = ${arg("onDuplicate")}::text
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

// From the first row on: the undo too walks through the file.
const writeState = prepared<{ companyId: number; id: number; from: ImportState; state: ImportState }>()(
  (_db, arg) => sql<never>`
    update imports set state = ${arg("state")}::text, last_row = 0
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and state = ${arg("from")}::text`,
);
