import type { DkimBody, EmailAccountPatch, ImapBody, NewEmailAccount, SmtpBody } from "../../../../shared/v1/email.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { EmailAccountInput } from "../../../domain/email/save-email-account.ts";

/** The settings as the domain takes them. A password stands with its server here, and apart there. */
export function parseEmailAccount(body: NewEmailAccount | EmailAccountPatch): EmailAccountInput {
  const { smtp, imap, dkim } = body;
  return {
    ...withoutUndefined({
      name: body.name,
      fromAddress: body.from_address,
      fromName: body.from_name,
      signature: body.signature,
      trackOpens: body.track_opens,
      trackClicks: body.track_clicks,
      plusAddresses: body.plus_addresses,
    }),
    ...(smtp === undefined ? {} : smtpOf(smtp)),
    ...(imap === undefined ? {} : imapOf(imap)),
    ...(dkim === undefined ? {} : dkimOf(dkim)),
  };
}

function smtpOf(smtp: SmtpBody | null): Pick<EmailAccountInput, "smtp" | "smtpPassword"> {
  if (smtp === null) return { smtp: null, smtpPassword: null };
  const { host, user = null, password } = smtp;
  const secure = smtp.secure ?? smtp.port === 465;
  const port = smtp.port ?? (secure ? 465 : 587);
  const smtpPassword = user === null ? null : password;
  return { smtp: { host, port, secure, user }, ...withoutUndefined({ smtpPassword }) };
}

function imapOf(imap: ImapBody | null): Pick<EmailAccountInput, "imap" | "imapPassword"> {
  if (imap === null) return { imap: null, imapPassword: null };
  const { host, user, password, mailbox = "INBOX", secure = imap.port !== 143 } = imap;
  const port = imap.port ?? (secure ? 993 : 143);
  return { imap: { host, port, secure, user, mailbox }, ...withoutUndefined({ imapPassword: password }) };
}

function dkimOf(dkim: DkimBody | null): Pick<EmailAccountInput, "dkim" | "dkimKey"> {
  if (dkim === null) return { dkim: null, dkimKey: null };
  const { domain, selector, private_key: dkimKey } = dkim;
  return { dkim: { domain, selector }, ...withoutUndefined({ dkimKey }) };
}
