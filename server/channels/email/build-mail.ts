import type { MailToSend } from "../../domain/email/mail-to-send.ts";
import { type MailAddresses, mailBody } from "./mail-body.ts";

export type MailFile = { filename: string; mimeType: string; content: Buffer };

export type BuiltMail = {
  /** RFC 5322, signed where the account has a DKIM key. */
  raw: Buffer;
  /** MAIL FROM: bounces come back to it and name the mail; `plainFrom` where the server takes only the mailbox itself. */
  envelopeFrom: string;
  plainFrom: string;
  recipients: string[];
};

export type BuildMail = {
  addresses: MailAddresses;
  files: MailFile[];
  /** PEM. */
  dkimKey: string | null;
};

/** The mail as it goes over the wire. The libraries are loaded with the first one. */
export async function buildMail(mail: MailToSend, { addresses, files, dkimKey }: BuildMail): Promise<BuiltMail> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const from = senderOf(mail);
  const plus = plusAddress(from.address, mail);
  const { text, html } = mailBody(mail, addresses);
  const message = new MailComposer({
    from,
    to: mail.to,
    cc: mail.cc,
    ...(plus === from.address ? {} : { replyTo: { ...from, address: plus } }),
    subject: mail.subject,
    messageId: `<${mail.internetMessageId}>`,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: `<${mail.inReplyTo}>` }),
    references: mail.referenceIds.map((id) => `<${id}>`),
    date: new Date(mail.sentAt),
    text,
    html,
    attachments: files.map(({ filename, mimeType, content }) => ({ filename, contentType: mimeType, content })),
    headers: headersOf(mail, addresses),
    // As it goes over the wire: a signature is made over these bytes.
    newline: "windows",
    // Nothing that a mail says makes this process read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const built = await message.compile().build();
  const raw = await signed(built, mail, dkimKey);
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address);
  return { raw, envelopeFrom: plus, plainFrom: from.address, recipients: [...new Set(recipients)] };
}

/** A mail that was written before there was an account goes out in the account's name. */
function senderOf({ fromAddress, fromName, account }: MailToSend) {
  return fromAddress === ""
    ? { address: account.fromAddress, name: account.fromName }
    : { address: fromAddress, name: fromName };
}

function plusAddress(address: string, { replyToken, account }: MailToSend): string {
  if (replyToken === null || !account.plusAddresses) return address;
  const at = address.lastIndexOf("@");
  // RFC 5321: 64 octets before the @.
  return at + 1 + replyToken.length > 64 ? address : `${address.slice(0, at)}+${replyToken}${address.slice(at)}`;
}

function headersOf(mail: MailToSend, addresses: MailAddresses): Record<string, string> {
  const wayOut = mail.purpose === "marketing" ? addresses?.unsubscribe(mail.companyId, mail.messageId) : undefined;
  return {
    ...(mail.isAutomatic ? { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" } : {}),
    ...(wayOut === undefined ? {} : { "List-Unsubscribe": `<${wayOut}>` }),
    // One click needs https (RFC 8058).
    ...(wayOut?.startsWith("https:") ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
  };
}

async function signed(raw: Buffer, { account: { dkim } }: MailToSend, privateKey: string | null): Promise<Buffer> {
  if (dkim === null || privateKey === null) return raw;
  const { default: Dkim } = await import("nodemailer/lib/dkim");
  const signer = new Dkim({
    domainName: dkim.domain,
    keySelector: dkim.selector,
    privateKey,
    headerFieldNames: signedHeaders,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of signer.sign(raw)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

// Receivers honour one click only where both its headers are signed.
const signedHeaders =
  "from:sender:reply-to:subject:date:message-id:to:cc:mime-version:content-type:content-transfer-encoding:in-reply-to:references:list-unsubscribe:list-unsubscribe-post:auto-submitted";
