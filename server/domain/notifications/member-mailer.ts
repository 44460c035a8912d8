/** A mail to a colleague: no message to a contact, so no send policy, no conversation, no tracking. */
export type MemberMail = {
  companyId: number;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Names this mail for ever: an attempt after another carries the same Message-ID. */
  messageKey: string;
};

export type MemberMailOutcome =
  | { kind: "sent" }
  /** Nobody took it for certain; another try may help. */
  | { kind: "later"; why: string }
  | { kind: "refused"; why: string }
  /** It may have gone: it is not sent again. */
  | { kind: "unknown"; why: string }
  /** The company has no e-mail account that sends. */
  | { kind: "no_account" };

/** Sends over the company's own e-mail account; never throws for what the mail server says. */
export type MemberMailer = { send: (mail: MemberMail) => Promise<MemberMailOutcome> };
