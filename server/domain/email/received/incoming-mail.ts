import type { StoredFile } from "../../media/media-files.ts";
import type { MailAddress } from "../mail-address.ts";

/** A file of a mail, whose bytes are stored already. */
export type IncomingFile = StoredFile & { filename: string; mimeType: string; contentId: string | null };

/** What a mail that came in is beside its message. */
export type IncomingMail = {
  subject: string;
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  inReplyTo: string | null;
  references: string[];
  /** The mail's thread; null where it begins one. */
  threadId: number | null;
  html: string | null;
  quotedText: string | null;
  isAutomatic: boolean;
  files: IncomingFile[];
};
