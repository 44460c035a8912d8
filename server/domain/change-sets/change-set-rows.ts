import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { DomainError, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type Page, pageOf } from "../page.ts";
import { ownersSql, type ReachArgs, type ReachArgument, reachArgs } from "../reach/reach.ts";
import {
  type ChangeKind,
  type ChangeRow,
  type ChangeSet,
  type ChangeSetItem,
  changeSetColumns,
  type UndoRow,
} from "./change-set.ts";

/** Keeps what was done to many records, so that it can be shown and taken back. */
export async function writeChangeSet(
  tx: TxCtx,
  { kind, summary, changes }: { kind: ChangeKind; summary: string; changes: ChangeRow[] },
): Promise<ChangeSet> {
  const changedCount = changes.filter(({ result }) => result === "changed").length;
  const who = { companyId: tx.companyId, createdBy: actingUserId(tx), now: tx.now().toISOString() };
  const row = await tx.tx.first(insertSet({ ...who, kind, summary, changedCount, changes: JSON.stringify(changes) }));
  if (!row) throw new Error("an insert gave no row");
  const data = { kind, summary, changed: changedCount };
  await recordEvent(tx, { type: "change_set.created", subject: { kind: "change_set", id: row.id }, data });
  return getChangeSet(tx, row.id);
}

export async function getChangeSet(ctx: Ctx, id: number): Promise<ChangeSet> {
  const found = await ctx.db.first(setById({ companyId: ctx.companyId, id, ...reachArgs(ctx) }));
  if (!found) throw notFound("change set", id);
  return found;
}

/** Newest first, without the single records. */
export async function listChangeSets(
  ctx: Ctx,
  { limit, cursor = Number.MAX_SAFE_INTEGER }: { limit: number; cursor?: number },
): Promise<Page<ChangeSetItem, number>> {
  const rows = await ctx.db.all(sets({ companyId: ctx.companyId, cursor, count: limit + 1, ...reachArgs(ctx) }));
  return pageOf(rows, limit, ({ id }) => id);
}

/** The set, which nobody else can undo at the same time. */
export async function lockChangeSet(tx: TxCtx, id: number): Promise<ChangeSet> {
  if (!(await tx.tx.first(lockSet({ companyId: tx.companyId, id })))) throw notFound("change set", id);
  const held = await getChangeSet(tx, id);
  if (held.undoneAt !== null) throw new DomainError({ kind: "conflict", message: "This change was undone already." });
  return held;
}

export async function writeUndo(tx: TxCtx, id: number, undo: UndoRow[]): Promise<void> {
  const who = { companyId: tx.companyId, undoneBy: actingUserId(tx), now: tx.now().toISOString() };
  await tx.tx.run(updateUndo({ ...who, id, undo: JSON.stringify(undo) }));
  const undone = undo.filter(({ result }) => result === "undone").length;
  const data = { undone, skipped: undo.length - undone };
  await recordEvent(tx, { type: "change_set.undone", subject: { kind: "change_set", id }, data });
}

type InsertArgs = {
  companyId: number;
  kind: ChangeKind;
  summary: string;
  changedCount: number;
  changes: string;
  createdBy: number | null;
  now: string;
};

const insertSet = prepared<InsertArgs>()(
  (_db, arg) => sql<{ id: number }>`
    insert into change_sets (company_id, kind, summary, changed_count, changes, created_by, created_at)
    values (${arg("companyId")}::bigint, ${arg("kind")}::text, ${arg("summary")}::text, ${arg("changedCount")}::int,
      ${arg("changes")}::jsonb, ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz)
    returning id`,
);

const setById = prepared<{ companyId: number; id: number } & ReachArgs>()(
  (_db, arg) => sql<ChangeSet>`
    select ${changeSetColumns}, changes, undo from change_sets
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and ${madeInReach(arg)}`,
);

const sets = prepared<{ companyId: number; cursor: number; count: number } & ReachArgs>()(
  (_db, arg) => sql<ChangeSetItem>`
    select ${changeSetColumns} from change_sets
    where company_id = ${arg("companyId")}::bigint and id < ${arg("cursor")}::bigint and ${madeInReach(arg)}
    order by id desc limit ${arg("count")}::int`,
);

const lockSet = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from change_sets where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const updateUndo = prepared<{ companyId: number; id: number; undo: string; undoneBy: number | null; now: string }>()(
  (_db, arg) => sql<never>`
    update change_sets set undo = ${arg("undo")}::jsonb, undone_by = ${arg("undoneBy")}::bigint, undone_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

// It names people of all kinds: those see it whose maker is in their reach.
function madeInReach(arg: ReachArgument): RawBuilder<unknown> {
  return arg("reachKind") === "everyone" ? sql`true` : sql`created_by = any(${ownersSql(arg)})`;
}
