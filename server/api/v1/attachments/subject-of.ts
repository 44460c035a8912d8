import type { AttachmentQuery } from "../../../../shared/v1/attachment.ts";
import { invalid } from "../../../domain/domain-error.ts";

type Subject = { of: "contact"; contactId: number } | { of: "deal"; dealId: number } | { of: "note"; noteId: number };

/** Whose files are asked for: exactly one of the three. */
export function subjectOf({ contact_id: contactId, deal_id: dealId, note_id: noteId }: AttachmentQuery): Subject {
  if ([contactId, dealId, noteId].filter((id) => id !== undefined).length === 1) {
    if (contactId !== undefined) return { of: "contact", contactId };
    if (dealId !== undefined) return { of: "deal", dealId };
    if (noteId !== undefined) return { of: "note", noteId };
  }
  throw invalid("contact_id", "Ask for the files of one contact, one deal or one note.");
}
