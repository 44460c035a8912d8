import { type ContactSnapshot, contactColumnsOf } from "../contacts/contact-columns.ts";
import { deleteContacts } from "../contacts/delete-contacts.ts";
import { peopleInUse } from "../contacts/people-in-use.ts";
import { restoreFields } from "../contacts/restore-fields.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { dropTags } from "../tags/copy-tags.ts";
import type { DueRow, NotedResult } from "./claim-import.ts";

/** Takes rows back: who was made goes, who was changed gets the earlier values; unless somebody has worked with them since. */
export async function undoRows(tx: TxCtx, rows: DueRow[]): Promise<NotedResult[]> {
  const ids = rows.flatMap(({ contactId }) => (contactId === null ? [] : [contactId]));
  const now = await contactColumnsOf(tx, ids);
  const used = await peopleInUse(tx, ids);
  const latest = new Map<number, number>();
  for (const { contactId, undo } of rows)
    if (contactId !== null) latest.set(contactId, Math.max(latest.get(contactId) ?? 0, undo?.version ?? 0));
  const judged = rows.map((row) => ({ row, reason: reasonToKeep(row, now, { used, latest }) }));
  const free = judged.filter(({ reason }) => reason === null).map(({ row }) => row);
  await deleteContacts(tx, free.filter(({ result }) => result === "created").flatMap(idOf));
  await restoreUpdated(
    tx,
    free.filter(({ result }) => result === "updated"),
  );
  return judged.map(({ row, reason }) => ({
    rowNumber: row.rowNumber,
    result: reason === null ? "undone" : "kept",
    reason,
    contactId: row.contactId,
    undo: row.undo,
  }));
}

/** Two rows may speak of one person: the version that the later one left is the import's. */
type Standing = { used: Set<number>; latest: Map<number, number> };

function reasonToKeep(
  { contactId, result }: DueRow,
  now: Map<number, ContactSnapshot>,
  { used, latest }: Standing,
): string | null {
  const person = contactId === null ? undefined : now.get(contactId);
  if (!person || contactId === null || person.columns.deleted_at !== null) return "The person is gone already.";
  if (person.version !== latest.get(contactId)) return "The person was changed since.";
  if (result === "created" && used.has(contactId)) return "The person has conversations, deals or notes by now.";
  return null;
}

async function restoreUpdated(tx: TxCtx, rows: DueRow[]): Promise<void> {
  const before = rows.flatMap(({ contactId, undo }) => (contactId === null || !undo ? [] : [{ id: contactId, undo }]));
  await restoreFields(
    tx,
    before.map(({ id, undo }) => ({ id, fields: undo.before })),
  );
  for (const { id, undo } of before) if (undo.tags.length > 0) await dropTags(tx, id, undo.tags);
  await recordEvents(
    tx,
    before.map(({ id, undo }) => ({
      type: "contact.updated",
      subject: { kind: "contact", id },
      after: undo.before,
      data: { why: "an import was undone" },
    })),
  );
}

function idOf({ contactId }: DueRow): number[] {
  return contactId === null ? [] : [contactId];
}
