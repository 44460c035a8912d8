import { type RawBuilder, sql } from "kysely";

/** A file on a person, a deal, a note or a mail. Where a deal or a note has a person, so has its file. */
export type Attachment = {
  id: number;
  contactId: number | null;
  noteId: number | null;
  dealId: number | null;
  /** The first mail that it came or went with. */
  messageId: number | null;
  filename: string;
  /** What the bytes say. */
  mimeType: string;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
  storedIn: "folder" | "bucket";
  uploadedBy: number | null;
  createdAt: string;
};

export const attachmentColumns: RawBuilder<unknown> = sql`
  a.id, a.contact_id as "contactId", a.note_id as "noteId", a.deal_id as "dealId", a.message_id as "messageId", a.filename, a.mime_type as "mimeType",
  a.size_bytes as "sizeBytes", a.sha256, a.storage_key as "storageKey", a.stored_in as "storedIn", a.uploaded_by as "uploadedBy",
  a.created_at as "createdAt"`;

/** A file's person decides who sees it. */
export const attachmentSource: RawBuilder<unknown> = sql`
  attachments a left join contacts c on c.company_id = a.company_id and c.id = a.contact_id`;
