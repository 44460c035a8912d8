/**
 * What a failure means: `hard` the address takes no mail, `soft` it may later, `policy` the mail or its sender was refused and the address
 * is fine, `complaint` the person called it spam, `delayed` nothing yet, `delivered` a receipt.
 */
export type ReportClass = "hard" | "soft" | "policy" | "complaint" | "delayed" | "delivered";

export type ReportedRecipient = {
  /** Folded; null where the report names nobody. */
  recipient: string | null;
  /** The address the mail was sent to, where a server passed it on to `recipient`. */
  forwardedFrom: string | null;
  class: ReportClass;
  /** RFC 3463: 5.1.1 and the like. */
  status: string | null;
  /** In the other server's words. */
  diagnostic: string;
};

/** A delivery status notification (RFC 3464 or a server's own prose) or a feedback report (RFC 5965). */
export type MailReport = {
  kind: "bounce" | "complaint";
  recipients: ReportedRecipient[];
  /** Of the mail it speaks of, without angle brackets. */
  originalMessageId: string | null;
};
