import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { IncomingFile } from "../email/received/incoming-mail.ts";

export type MailFiles = { messageId: number; contactId: number; files: IncomingFile[] };

/** Notes the files that came with a mail; their bytes lie in the data folder already. */
export async function keepMailFiles(tx: TxCtx, { messageId, contactId, files }: MailFiles): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map(({ filename, mimeType, sizeBytes, sha256, storageKey, contentId }) => ({
    filename,
    mime_type: mimeType,
    size_bytes: sizeBytes,
    sha256,
    storage_key: storageKey,
    content_id: contentId,
  }));
  const now = tx.now().toISOString();
  await tx.tx.run(insertFiles({ companyId: tx.companyId, messageId, contactId, rows: JSON.stringify(rows), now }));
}

const insertFiles = prepared<{ companyId: number; messageId: number; contactId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into attachments (company_id, contact_id, message_id, filename, mime_type, size_bytes, sha256, storage_key, content_id, created_at)
    select ${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("messageId")}::bigint, r.filename, r.mime_type, r.size_bytes,
      r.sha256, r.storage_key, r.content_id, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (filename text, mime_type text, size_bytes bigint, sha256 text, storage_key text, content_id text)`,
);
