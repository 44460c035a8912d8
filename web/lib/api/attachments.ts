import { queryOptions } from "@tanstack/react-query";
import type { Attachment } from "../../../shared/v1/attachment.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const filesPollMs = 15_000;
const uploadTimeoutMs = 55_000;

/** One person's files, newest first, those on their deals and notes among them. */
export function attachmentsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "files"],
    queryFn: ({ signal }) =>
      request<Page<Attachment>>(apiPaths.attachments({ contact_id: contactId, limit: 50 }), { signal }),
    refetchInterval: pollMs(filesPollMs),
  });
}

/** Where a file is put. */
export type FileSubject = { contact_id: number } | { note_id: number };

export function uploadAttachment(subject: FileSubject, file: File): Promise<Attachment> {
  const path = apiPaths.attachments({ ...subject, filename: file.name });
  return request(path, { method: "POST", file, timeoutMs: uploadTimeoutMs });
}

export function deleteAttachment(id: number): Promise<void> {
  return request(apiPaths.attachment(id), { method: "DELETE" });
}

export function restoreAttachment(id: number): Promise<Attachment> {
  return request(`${apiPaths.attachment(id)}/restore`, { method: "POST" });
}
