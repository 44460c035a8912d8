import { queryOptions } from "@tanstack/react-query";
import type { Note, WrittenNote } from "../../../shared/v1/note.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const notesPollMs = 10_000;

/** One person's notes, newest first. */
export function notesQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "notes"],
    queryFn: ({ signal }) => request<Page<Note>>(apiPaths.notes({ contact_id: contactId, limit: 50 }), { signal }),
    refetchInterval: pollMs(notesPollMs),
  });
}

export type NewNote = { contact_id: number; lead_id?: number; title: string; body: string };

export function writeNote(note: NewNote, idempotencyKey: string): Promise<WrittenNote> {
  return request(apiPaths.notes({}), { method: "POST", body: note, idempotencyKey });
}

export function deleteNote(id: number): Promise<void> {
  return request(apiPaths.note(id), { method: "DELETE" });
}

export function restoreNote(id: number): Promise<Note> {
  return request(apiPaths.restoreNote(id), { method: "POST" });
}
