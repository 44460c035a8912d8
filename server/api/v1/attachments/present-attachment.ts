import type * as View from "../../../../shared/v1/attachment.ts";
import type { Attachment } from "../../../domain/attachments/attachment.ts";

export function presentAttachment(attachment: Attachment): View.Attachment {
  return {
    id: attachment.id,
    contact_id: attachment.contactId,
    deal_id: attachment.dealId,
    note_id: attachment.noteId,
    email_id: attachment.messageId,
    filename: attachment.filename,
    mime_type: attachment.mimeType,
    size_bytes: attachment.sizeBytes,
    url: `/v1/attachments/${attachment.id}/file`,
    uploaded_by: attachment.uploadedBy,
    created_at: attachment.createdAt,
  };
}
