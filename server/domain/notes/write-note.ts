import { insertActivity } from "../activities/insert-activity.ts";
import { followNoteDeleted, followNoteRestored, followNoteText } from "../activities/note-activity.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getNote } from "./get-note.ts";
import type { Note } from "./note.ts";
import { editedMentions, mentionsOf } from "./note-mentions.ts";
import { insertNote, lockNote, markNoteDeleted, markNoteRestored, writeNoteText } from "./note-rows.ts";
import { type NoteSubject, resolveNoteSubject } from "./note-subject.ts";
import { activityTextOf, checkNoteText } from "./note-text.ts";

export type NewNote = Partial<NoteSubject> & {
  title?: string;
  body: string;
  /** Members besides those whom the text names. */
  mentions?: readonly number[];
};

/**
 * A note on at least one of person, deal, lead and organization; deal and lead bring their person along. On a person it is an
 * activity too, written in the same transaction.
 */
export async function createNote(ctx: Ctx, input: NewNote): Promise<Note> {
  checkNoteText(input);
  return ctx.transact(async (tx) => {
    const { contactId = null, dealId = null, leadId = null, organizationId = null } = input;
    const subject = await resolveNoteSubject(tx, { contactId, dealId, leadId, organizationId });
    const note = await storeNote(tx, subject, input);
    const { contactId: person } = subject;
    if (person !== null) {
      const about = { contactId: person, dealId, leadId };
      const text = activityTextOf(note);
      await insertActivity(tx, {
        ...about,
        ...text,
        activityType: "note",
        noteId: note.id,
        occurredAt: note.createdAt,
      });
    }
    await tellCreated(tx, note);
    return note;
  });
}

/** The note alone, for whoever writes its activity himself and tells it with tellCreated. */
export async function storeNote(
  tx: TxCtx,
  subject: NoteSubject,
  input: { title?: string; body: string; mentions?: readonly number[]; createdAt?: string },
): Promise<Note> {
  const { title = "", body, createdAt } = input;
  const mentions = await mentionsOf(tx, body, input.mentions);
  return insertNote(tx, { ...subject, title: title.trim(), body, mentions, ...(createdAt ? { createdAt } : {}) });
}

/** `mentions` of the event are those who are newly named: the ones to be told. */
export async function tellCreated(tx: TxCtx, note: Note): Promise<void> {
  const { id, contactId, title, body, leadId, dealId, mentions } = note;
  await recordEvent(tx, {
    type: "note.created",
    subject: { kind: "note", id },
    contactId,
    after: { ...(title === "" ? {} : { title }), body },
    data: { mentions, lead_id: leadId, deal_id: dealId },
  });
}

/** Only what is given changes. */
export type NotePatch = { title?: string; body?: string; mentions?: readonly number[] };

type EditOptions = { ifVersion?: number };

export async function updateNote(ctx: Ctx, noteId: number, patch: NotePatch, options: EditOptions = {}): Promise<Note> {
  checkNoteText(patch);
  return ctx.transact(async (tx) => {
    const note = await lockNote(tx, noteId, options.ifVersion);
    const { title = note.title, body = note.body } = patch;
    const mentions = await editedMentions(tx, note, { body, mentions: patch.mentions });
    const edited = { title: title.trim(), body, mentions };
    const isSame = edited.title === note.title && body === note.body && String(mentions) === String(note.mentions);
    if (isSame) return note;
    await writeNoteText(tx, noteId, edited);
    await followNoteText(tx, noteId, activityTextOf(edited));
    await tellUpdated(tx, note, edited);
    return getNote(tx, noteId);
  });
}

async function tellUpdated(
  tx: TxCtx,
  before: Note,
  after: { title: string; body: string; mentions: number[] },
): Promise<void> {
  const titles =
    before.title === after.title ? null : { before: { title: before.title }, after: { title: after.title } };
  await recordEvent(tx, {
    type: "note.updated",
    subject: { kind: "note", id: before.id },
    contactId: before.contactId,
    before: { ...titles?.before, body: before.body },
    after: { ...titles?.after, body: after.body },
    data: {
      mentions: after.mentions.filter((userId) => !before.mentions.includes(userId)),
      lead_id: before.leadId,
      deal_id: before.dealId,
    },
  });
}

export async function deleteNote(ctx: Ctx, noteId: number, options: EditOptions = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { body, contactId, leadId } = await lockNote(tx, noteId, options.ifVersion);
    await markNoteDeleted(tx, noteId);
    await followNoteDeleted(tx, noteId);
    const subject = { kind: "note", id: noteId } as const;
    await recordEvent(tx, { type: "note.deleted", subject, contactId, before: { body }, data: { lead_id: leadId } });
  });
}

/** Brings a deleted note back; one that was not deleted stays as it is. */
export async function restoreNote(ctx: Ctx, noteId: number): Promise<Note> {
  return ctx.transact(async (tx) => {
    const restored = await markNoteRestored(tx, noteId);
    if (restored) await followNoteRestored(tx, noteId);
    const note = await getNote(tx, noteId);
    const { contactId, leadId } = note;
    const subject = { kind: "note", id: noteId } as const;
    if (restored) await recordEvent(tx, { type: "note.restored", subject, contactId, data: { lead_id: leadId } });
    return note;
  });
}
