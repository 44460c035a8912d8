import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { markNoteDeleted } from "../notes/note-rows.ts";
import { noteTextOf } from "../notes/note-text.ts";
import { storeNote, tellCreated, updateNote } from "../notes/write-note.ts";
import type { Activity } from "./activity.ts";
import { getActivity } from "./get-activity.ts";

type Edit = { before: Activity; after: Activity };

/**
 * Keeps the note of an edited activity beside it: its text follows; what becomes a note gets one, what is none any more loses it.
 * Gives what of the edit is still to be written.
 */
export async function pairNote(tx: TxCtx, before: Activity, after: Activity): Promise<Edit> {
  const { noteId } = before;
  if (after.activityType === "note")
    return noteId === null ? addNote(tx, before, after) : rewriteNote(tx, { before, after }, noteId);
  return noteId === null ? { before, after } : dropNote(tx, { before, after }, noteId);
}

async function addNote(tx: TxCtx, before: Activity, after: Activity): Promise<Edit> {
  const { contactId, dealId, leadId, occurredAt: createdAt } = after;
  const subject = { contactId, dealId, leadId, organizationId: null };
  const note = await storeNote(tx, subject, { ...noteTextOf(after), createdAt });
  await tellCreated(tx, note);
  return { before, after: { ...after, noteId: note.id } };
}

async function rewriteNote(tx: TxCtx, { before, after }: Edit, noteId: number): Promise<Edit> {
  if (before.title === after.title && before.description === after.description) return { before, after };
  await updateNote(tx, noteId, noteTextOf(after));
  const now = await getActivity(tx, before.id);
  const { title, description, intents, version, updatedAt } = now;
  return { before: now, after: { ...after, title, description, intents, version, updatedAt } };
}

async function dropNote(tx: TxCtx, { before, after }: Edit, noteId: number): Promise<Edit> {
  await markNoteDeleted(tx, noteId);
  const { contactId, description, title } = before;
  const subject = { kind: "note", id: noteId } as const;
  await recordEvent(tx, { type: "note.deleted", subject, contactId, before: { body: description ?? title } });
  return { before, after: { ...after, noteId: null } };
}
