import type { MailAddress } from "../email/mail-address.ts";
import type { MailReport } from "./mail-report.ts";

/** Why a mail is nobody's answer: an absence note, a mailing list, a newsletter, a machine that signs as one. */
export type AutomaticKind = "auto_reply" | "list" | "bulk" | "generated";

export type MailFile = {
  filename: string;
  /** By which the HTML names it, without angle brackets. */
  contentId: string | null;
  bytes: Uint8Array;
};

/** A mail freed of its format. Texts are clean; bytes and HTML are as they came. */
export type ReadMail = {
  /** Without angle brackets; a hash of the bytes where the mail has none. */
  internetMessageId: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  /** Recipients the lists above left out, because there were too many. */
  moreRecipients: number;
  subject: string;
  /** What the sender's clock says. */
  writtenAt: Date | null;
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  /** The new words only. */
  text: string;
  quotedText: string | null;
  html: string | null;
  files: MailFile[];
  /** What stands behind the plus of any address it was delivered to. */
  tokens: string[];
  automatic: AutomaticKind | null;
  /** What it tells of mails of ours. */
  report: MailReport | null;
  /** In words, where it could not be read, or only in part. */
  trouble: string | null;
  /** Nothing but its head could be understood. */
  isUnreadable: boolean;
};
