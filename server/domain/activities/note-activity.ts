import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { activityIntents } from "./activity-intents.ts";

// What a note's activity does when the note changes; the note is held by the caller.

export async function followNoteText(
  tx: TxCtx,
  noteId: number,
  text: { title: string; description: string | null },
): Promise<void> {
  const args = {
    ...text,
    companyId: tx.companyId,
    noteId,
    intents: activityIntents(text),
    now: tx.now().toISOString(),
  };
  await tx.tx.run(writeText(args));
}

export async function followNoteDeleted(tx: TxCtx, noteId: number): Promise<void> {
  const now = tx.now().toISOString();
  await tx.tx.run(writeDeleted({ companyId: tx.companyId, noteId, deletedAt: now, now }));
}

export async function followNoteRestored(tx: TxCtx, noteId: number): Promise<void> {
  await tx.tx.run(writeDeleted({ companyId: tx.companyId, noteId, deletedAt: null, now: tx.now().toISOString() }));
}

/** The note of an activity, also of a deleted one. */
export async function noteOfActivity(tx: TxCtx, activityId: number): Promise<number | null> {
  const row = await tx.tx.first(noteOf({ companyId: tx.companyId, activityId }));
  return row?.noteId ?? null;
}

type TextArgs = {
  companyId: number;
  noteId: number;
  title: string;
  description: string | null;
  intents: string[];
  now: string;
};

const writeText = prepared<TextArgs>()(
  (_db, arg) => sql<never>`
    update activities set title = ${arg("title")}::text, description = ${arg("description")}::text, intents = ${arg("intents")}::text[],
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and note_id = ${arg("noteId")}::bigint`,
);

const writeDeleted = prepared<{ companyId: number; noteId: number; deletedAt: string | null; now: string }>()(
  (_db, arg) => sql<never>`
    update activities set deleted_at = ${arg("deletedAt")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and note_id = ${arg("noteId")}::bigint`,
);

const noteOf = prepared<{ companyId: number; activityId: number }>()(
  (_db, arg) => sql<{ noteId: number | null }>`
    select note_id as "noteId" from activities
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint`,
);
