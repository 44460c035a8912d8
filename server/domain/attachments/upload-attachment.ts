import type { Readable } from "node:stream";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { FileTooLarge, MediaFolderTrouble, type StoredFile } from "../media/media-files.ts";
import { sniffMedia } from "../media/sniff-media.ts";
import type { Attachment } from "./attachment.ts";
import { type AttachmentFiles, inWords } from "./attachment-files.ts";
import { attachmentProblem, largestAttachmentBytes, tooLargeAttachment } from "./attachment-rules.ts";
import { type AttachmentSubject, resolveAttachmentSubject } from "./attachment-subject.ts";
import { getAttachment } from "./get-attachment.ts";

export type NewAttachment = AttachmentSubject & { source: Readable; filename: string };

/** Keeps a file: streamed to disk, judged by its bytes and its name, moved to the bucket where there is one. */
export async function uploadAttachment(ctx: Ctx, files: AttachmentFiles, input: NewAttachment): Promise<Attachment> {
  const { filename, source } = input;
  await resolveAttachmentSubject(ctx, input);
  const file = await takeIn(ctx, files, source);
  const mimeType = await sniffMedia(file.path);
  const problem = attachmentProblem({ filename, mimeType, sizeBytes: file.sizeBytes });
  if (problem !== undefined) {
    await files.folder.remove(file.storageKey);
    throw invalid("file", problem);
  }
  const storedIn = await inWords(() => files.settle(file.storageKey, { ...file, mimeType })).catch(async (error) => {
    await files.folder.remove(file.storageKey);
    throw error;
  });
  const stored = { filename, mimeType, ...file, storedIn };
  return ctx
    .transact((tx) => noteFile(tx, input, stored))
    .catch(async (error) => {
      await files.remove(stored);
      throw error;
    });
}

async function takeIn(ctx: Ctx, files: AttachmentFiles, source: Readable): Promise<StoredFile> {
  try {
    return await files.folder.write(ctx.companyId, source, largestAttachmentBytes);
  } catch (error) {
    if (error instanceof FileTooLarge) throw invalid("file", tooLargeAttachment);
    if (error instanceof MediaFolderTrouble) throw new DomainError({ kind: "conflict", message: error.message });
    throw error;
  }
}

type Stored = StoredFile & { filename: string; mimeType: string; storedIn: Attachment["storedIn"] };

async function noteFile(tx: TxCtx, asked: AttachmentSubject, file: Stored): Promise<Attachment> {
  // Asked again: what it is put on may have gone while the file came in.
  const subject = await resolveAttachmentSubject(tx, asked);
  const { filename, mimeType, sizeBytes, sha256, storageKey, storedIn } = file;
  const uploadedBy = actingUserId(tx);
  const now = tx.now().toISOString();
  const what = { filename, mimeType, sizeBytes, sha256, storageKey, storedIn };
  const { companyId } = tx;
  const { contactId, dealId, noteId } = subject;
  const row = await tx.tx.first(insertAttachment({ companyId, contactId, dealId, noteId, ...what, uploadedBy, now }));
  if (!row) throw new Error("the file was not noted");
  await recordEvent(tx, {
    type: "attachment.added",
    subject: { kind: "attachment", id: row.id },
    contactId,
    after: { filename, mimeType, sizeBytes, dealId, noteId },
  });
  return getAttachment(tx, row.id);
}

type Row = AttachmentSubject & {
  companyId: number;
  filename: string;
  mimeType: string;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
  storedIn: string;
  uploadedBy: number | null;
  now: string;
};

const insertAttachment = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into attachments (company_id, contact_id, deal_id, note_id, filename, mime_type, size_bytes, sha256, storage_key, stored_in,
      uploaded_by, created_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("dealId")}::bigint, ${arg("noteId")}::bigint,
      ${arg("filename")}::text, ${arg("mimeType")}::text, ${arg("sizeBytes")}::bigint, ${arg("sha256")}::text, ${arg("storageKey")}::text,
      ${arg("storedIn")}::text, ${arg("uploadedBy")}::bigint, ${arg("now")}::timestamptz)
    returning id`,
);
