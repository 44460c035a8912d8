import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { requireVersion } from "../require-version.ts";
import { getNote } from "./get-note.ts";
import type { Note } from "./note.ts";
import type { NoteSubject } from "./note-subject.ts";
import type { NoteText } from "./note-text.ts";

type Written = NoteText & { mentions: number[] };

export async function insertNote(tx: TxCtx, note: NoteSubject & Written & { createdAt?: string }): Promise<Note> {
  const now = tx.now().toISOString();
  const { createdAt = now, ...fields } = note;
  const userId = actingUserId(tx);
  const row = await tx.tx.first(insertRow({ ...fields, companyId: tx.companyId, userId, createdAt, now }));
  if (!row) throw notFound("note");
  return getNote(tx, row.id);
}

export async function writeNoteText(tx: TxCtx, noteId: number, { title, body, mentions }: Written): Promise<void> {
  const args = { companyId: tx.companyId, noteId, title, body, mentions, now: tx.now().toISOString() };
  await tx.tx.run(updateText(args));
}

/** A note that is there, held until the transaction ends. Whoever holds a note's activity too takes the note first. */
export async function lockNote(tx: TxCtx, noteId: number, ifVersion?: number): Promise<Note> {
  const row = await tx.tx.first(noteForUpdate({ companyId: tx.companyId, noteId }));
  if (!row) throw notFound("note", noteId);
  const note = await getNote(tx, noteId);
  requireVersion("note", note.version, ifVersion);
  return note;
}

export async function markNoteDeleted(tx: TxCtx, noteId: number): Promise<void> {
  await tx.tx.run(markDeleted({ companyId: tx.companyId, noteId, now: tx.now().toISOString() }));
}

/** Says whether it had been deleted. */
export async function markNoteRestored(tx: TxCtx, noteId: number): Promise<boolean> {
  const args = { companyId: tx.companyId, noteId, now: tx.now().toISOString() };
  return (await tx.tx.run(markRestored(args))) > 0;
}

type NoteInsert = NoteSubject & Written & { companyId: number; userId: number | null; createdAt: string; now: string };

const insertRow = prepared<NoteInsert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into notes (company_id, contact_id, deal_id, lead_id, organization_id, title, body, mentions, user_id, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("dealId")}::bigint, ${arg("leadId")}::bigint,
      ${arg("organizationId")}::bigint, ${arg("title")}::text, ${arg("body")}::text, ${arg("mentions")}::bigint[],
      ${arg("userId")}::bigint, ${arg("createdAt")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const updateText = prepared<Written & { companyId: number; noteId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update notes set title = ${arg("title")}::text, body = ${arg("body")}::text, mentions = ${arg("mentions")}::bigint[],
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint`,
);

type NoteKey = { companyId: number; noteId: number };

const noteForUpdate = prepared<NoteKey>()(
  (_db, arg) => sql<{ id: number }>`
    select id from notes
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint and deleted_at is null for update`,
);

const markDeleted = prepared<NoteKey & { now: string }>()(
  (_db, arg) => sql<never>`
    update notes set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint`,
);

const markRestored = prepared<NoteKey & { now: string }>()(
  (_db, arg) => sql<never>`
    update notes set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint and deleted_at is not null`,
);
