import type { EmailAccount, NewEmailAccount } from "../../../shared/v1/email.ts";

export type ServerDraft = { host: string; port: string; secure: boolean; user: string; password: string };

export type MailAccountDraft = {
  from_address: string;
  from_name: string;
  sends: boolean;
  smtp: ServerDraft;
  receives: boolean;
  imap: ServerDraft;
  /** The folder that is read; no field of its own, but kept. */
  mailbox: string;
  signature: string;
  track_opens: boolean;
  track_clicks: boolean;
};

const blankServer = { host: "", user: "", password: "" };

export const blankAccount: MailAccountDraft = {
  from_address: "",
  from_name: "",
  sends: true,
  smtp: { ...blankServer, port: "587", secure: false },
  receives: true,
  imap: { ...blankServer, port: "993", secure: true },
  mailbox: "INBOX",
  signature: "",
  track_opens: false,
  track_clicks: false,
};

export function draftOf(account: EmailAccount): MailAccountDraft {
  const { smtp, imap } = account;
  return {
    from_address: account.from_address,
    from_name: account.from_name,
    sends: smtp !== null,
    smtp: smtp ? serverDraft(smtp) : blankAccount.smtp,
    receives: imap !== null,
    imap: imap ? serverDraft(imap) : blankAccount.imap,
    mailbox: imap?.mailbox ?? blankAccount.mailbox,
    signature: account.signature,
    track_opens: account.track_opens,
    track_clicks: account.track_clicks,
  };
}

type ServerView = { host: string; port: number; secure: boolean; user: string | null };

/** Passwords are never shown again; an empty one keeps the one there is. */
function serverDraft({ host, port, secure, user }: ServerView): ServerDraft {
  return { host, port: String(port), secure, user: user ?? "", password: "" };
}

export function bodyOf(draft: MailAccountDraft): NewEmailAccount {
  const { from_name, signature, track_opens, track_clicks } = draft;
  const smtpUser = draft.smtp.user.trim();
  return {
    from_address: draft.from_address.trim(),
    from_name,
    signature,
    track_opens,
    track_clicks,
    smtp: draft.sends ? { ...serverBody(draft.smtp), user: smtpUser === "" ? null : smtpUser } : null,
    imap: draft.receives ? { ...serverBody(draft.imap), user: draft.imap.user.trim(), mailbox: draft.mailbox } : null,
  };
}

function serverBody({ host, port, secure, password }: ServerDraft) {
  return { host: host.trim(), port: Number(port), secure, ...(password === "" ? {} : { password }) };
}
