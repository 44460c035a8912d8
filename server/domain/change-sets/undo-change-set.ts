import { isDeepStrictEqual } from "node:util";
import { stages } from "../../../shared/stages.ts";
import { contactColumnsOf } from "../contacts/contact-columns.ts";
import { deleteContacts } from "../contacts/delete-contacts.ts";
import { restoreContacts } from "../contacts/restore-contacts.ts";
import { writeColumns } from "../contacts/write-columns.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { changeStages } from "../leads/change-stages.ts";
import { listTags } from "../tags/list-tags.ts";
import { peopleWithTag } from "../tags/people-with-tag.ts";
import { tagPeople, untagPeople } from "../tags/tag-people.ts";
import type { ChangeRow, ChangeSet, UndoRow } from "./change-set.ts";
import { getChangeSet, lockChangeSet, writeUndo } from "./change-set-rows.ts";
import { textOrNull } from "./snapshot-values.ts";
import { undoConversations } from "./undo-conversations.ts";
import { undoLeadOwners, undoLeadStages } from "./undo-leads.ts";

/** Takes a bulk change back, as far as what it wrote still stands; says of each record what became of it. */
export async function undoChangeSet(ctx: Ctx, id: number): Promise<ChangeSet> {
  return ctx.transact(async (tx) => {
    const held = await lockChangeSet(tx, id);
    const changed = held.changes.filter(({ result }) => result === "changed");
    const kept = await takeBack(tx, held, changed);
    const undo = changed.map((row): UndoRow => {
      const reason = kept.get(row.id);
      return { id: row.id, result: reason === undefined ? "undone" : "skipped", reason: reason ?? null };
    });
    await writeUndo(tx, id, undo);
    return getChangeSet(tx, id);
  });
}

/** Records that are left as they are, with the reason. */
export type Kept = Map<number, string>;

async function takeBack(tx: TxCtx, { kind }: ChangeSet, rows: ChangeRow[]): Promise<Kept> {
  switch (kind) {
    case "contacts.set_owner":
    case "contacts.set_do_not_contact":
      return undoColumns(tx, rows);
    case "contacts.set_stage":
      return undoStages(tx, rows);
    case "contacts.add_tag":
    case "contacts.remove_tag":
      return undoTags(tx, rows);
    case "contacts.delete":
      return undoDeletion(tx, rows);
    case "contacts.restore":
      return undoRestoring(tx, rows);
    case "conversations.assign":
    case "conversations.close":
    case "conversations.reopen":
      return undoConversations(tx, rows);
    case "leads.assign":
      return undoLeadOwners(tx, rows);
    case "leads.set_stage":
      return undoLeadStages(tx, rows);
  }
}

const changedSince = "Changed since.";
const gone = "Deleted since.";

/** Those whose columns still are as the change left them; the others go into `kept`. */
async function untouched(tx: TxCtx, rows: ChangeRow[], kept: Kept): Promise<ChangeRow[]> {
  const now = await contactColumnsOf(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.filter(({ id, after }) => {
    const columns = now.get(id)?.columns;
    if (!columns || columns.deleted_at !== null) kept.set(id, gone);
    else if (Object.entries(after ?? {}).some(([column, value]) => !isDeepStrictEqual(columns[column], value)))
      kept.set(id, changedSince);
    return !kept.has(id);
  });
}

async function undoColumns(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const free = await untouched(tx, rows, kept);
  await writeColumns(
    tx,
    free.map(({ id, before, after }) => ({ id, before: after ?? {}, after: before ?? {} })),
  );
  return kept;
}

async function undoStages(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const free = await untouched(tx, rows, kept);
  for (const [stage, group] of Map.groupBy(free, ({ before }) => stages.find((known) => known === before?.stage))) {
    const [first] = group;
    const from = stages.find((known) => known === first?.after?.stage);
    if (stage && from)
      await changeStages(
        tx,
        group.map(({ id }) => ({ contactId: id, from })),
        stage,
      );
  }
  return kept;
}

async function undoTags(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const [first] = rows;
  const tagId = Number(first?.after?.tag_id ?? 0);
  const wasAdded = first?.after?.tagged === true;
  const living = await untouched(
    tx,
    rows.map((row) => ({ ...row, after: {} })),
    kept,
  );
  const ids = living.map(({ id }) => id);
  const having = await peopleWithTag(tx, ids, tagId);
  const free = ids.filter((id) => having.has(id) === wasAdded);
  for (const id of ids) if (having.has(id) !== wasAdded) kept.set(id, changedSince);
  if (free.length === 0) return kept;
  const tag = (await listTags(tx)).find((each) => each.id === tagId);
  if (!tag) return new Map(rows.map(({ id }) => [id, "The tag was deleted since."]));
  await (wasAdded ? untagPeople(tx, free, tag) : tagPeople(tx, free, tag));
  return kept;
}

async function undoDeletion(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const now = await contactColumnsOf(
    tx,
    rows.map(({ id }) => id),
  );
  const deleted = [...now].filter(
    ([, { columns, mergedIntoId }]) => columns.deleted_at !== null && mergedIntoId === null,
  );
  const taken = await restoreContacts(
    tx,
    deleted.map(([id, { columns }]) => ({ id, phone: textOrNull(columns.phone), email: textOrNull(columns.email) })),
  );
  for (const [id, owner] of taken) kept.set(id, `contact_${owner} has their phone or mail address by now.`);
  const restored = new Set(deleted.map(([id]) => id));
  for (const { id } of rows) if (!restored.has(id)) kept.set(id, "Restored since.");
  return kept;
}

async function undoRestoring(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const living = await untouched(
    tx,
    rows.map((row) => ({ ...row, after: {} })),
    kept,
  );
  await deleteContacts(
    tx,
    living.map(({ id }) => id),
  );
  return kept;
}
