import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getNote } from "./get-note.ts";
import type { Note } from "./note.ts";
import { type NoteSubject, resolveNoteSubject } from "./note-subject.ts";

export type NewNote = Partial<NoteSubject> & { body: string };

/** A note on at least one of person, deal and organization; a deal brings its person along. */
export async function createNote(ctx: Ctx, input: NewNote): Promise<Note> {
  checkBody(input.body);
  return ctx.transact(async (tx) => {
    const { contactId = null, dealId = null, organizationId = null, body } = input;
    const subject = await resolveNoteSubject(tx, { contactId, dealId, organizationId });
    const now = tx.now().toISOString();
    const userId = actingUserId(tx);
    const row = await tx.tx.first(insertNote({ companyId: tx.companyId, ...subject, body, userId, now }));
    if (!row) throw notFound("note");
    await recordEvent(tx, {
      type: "note.created",
      subject: { kind: "note", id: row.id },
      contactId: subject.contactId,
      after: { body },
    });
    return getNote(tx, row.id);
  });
}

type EditOptions = { ifVersion?: number };

export async function updateNote(ctx: Ctx, noteId: number, body: string, options: EditOptions = {}): Promise<Note> {
  checkBody(body);
  return ctx.transact(async (tx) => {
    const note = await lockNote(tx, noteId, options);
    if (note.body === body) return note;
    await tx.tx.run(updateBody({ companyId: tx.companyId, noteId, body, now: tx.now().toISOString() }));
    await recordEvent(tx, {
      type: "note.updated",
      subject: { kind: "note", id: noteId },
      contactId: note.contactId,
      before: { body: note.body },
      after: { body },
    });
    return getNote(tx, noteId);
  });
}

export async function deleteNote(ctx: Ctx, noteId: number, options: EditOptions = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { body, contactId } = await lockNote(tx, noteId, options);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, noteId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "note.deleted", subject: { kind: "note", id: noteId }, contactId, before: { body } });
  });
}

/** Brings a deleted note back; one that was not deleted stays as it is. */
export async function restoreNote(ctx: Ctx, noteId: number): Promise<Note> {
  return ctx.transact(async (tx) => {
    const restored = await tx.tx.first(markRestored({ companyId: tx.companyId, noteId, now: tx.now().toISOString() }));
    const note = await getNote(tx, noteId);
    const subject = { kind: "note", id: noteId } as const;
    if (restored) await recordEvent(tx, { type: "note.restored", subject, contactId: note.contactId });
    return note;
  });
}

function checkBody(body: string): void {
  if (body.trim() === "") throw invalid("body", "A note needs a text.");
  if (body.length > 100_000) throw invalid("body", "A note has at most 100,000 characters.");
}

async function lockNote(tx: TxCtx, noteId: number, options: EditOptions): Promise<Note> {
  const row = await tx.tx.first(noteForUpdate({ companyId: tx.companyId, noteId }));
  if (!row) throw notFound("note", noteId);
  const note = await getNote(tx, noteId);
  requireVersion("note", note.version, options.ifVersion);
  return note;
}

const noteForUpdate = prepared<{ companyId: number; noteId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from notes
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint and deleted_at is null for update`,
);

type NoteInsert = NoteSubject & { companyId: number; body: string; userId: number | null; now: string };

const insertNote = prepared<NoteInsert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into notes (company_id, contact_id, deal_id, organization_id, body, user_id, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("dealId")}::bigint, ${arg("organizationId")}::bigint,
      ${arg("body")}::text, ${arg("userId")}::bigint, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const updateBody = prepared<{ companyId: number; noteId: number; body: string; now: string }>()(
  (_db, arg) => sql<never>`
    update notes set body = ${arg("body")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint`,
);

const markDeleted = prepared<{ companyId: number; noteId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update notes set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint`,
);

const markRestored = prepared<{ companyId: number; noteId: number; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    update notes set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint and deleted_at is not null
    returning id`,
);
