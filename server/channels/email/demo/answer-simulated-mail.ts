import { randomUUID } from "node:crypto";
import type { SimulatedMail } from "../../../domain/email/demo/simulated-mail.ts";

/** How somebody who is not there answers: in person, by their absence note, or by a server that knows nobody of that name. */
export type SimulatedAnswer =
  | { kind: "reply"; text: string }
  | { kind: "absence"; text: string }
  | { kind: "bounce"; diagnostic: string };

/** The answer as a real mail, in the form that mail programs and servers give it. */
export async function answerSimulatedMail(mail: SimulatedMail, answer: SimulatedAnswer): Promise<Buffer> {
  const person = mail.envelopeTo[0] ?? "nobody@people.example";
  if (answer.kind === "bounce") return bounceOf(mail, person, answer.diagnostic);
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const isNote = answer.kind === "absence";
  const quoted = mail.text
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  return new MailComposer({
    from: person,
    to: mail.replyTo,
    subject: isNote ? `Automatic reply: ${mail.subject}` : `Re: ${mail.subject.replace(/^re:\s*/i, "")}`,
    inReplyTo: `<${mail.internetMessageId}>`,
    references: [`<${mail.internetMessageId}>`],
    text: isNote
      ? answer.text
      : `${answer.text}\n\nOn ${mail.receivedAt.slice(0, 10)}, ${mail.from} wrote:\n${quoted}\n`,
    headers: isNote ? { "Auto-Submitted": "auto-replied" } : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

export type StrangerMail = { from: string; to: string; subject: string; text: string };

/** A mail that somebody writes of their own accord. */
export async function strangersMail({ from, to, subject, text }: StrangerMail): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const mail = { from, to, subject, text, disableFileAccess: true, disableUrlAccess: true };
  return new MailComposer(mail).compile().build();
}

/** RFC 3464. It goes to the return path, as bounces do. */
function bounceOf(
  { envelopeFrom, internetMessageId, subject }: SimulatedMail,
  person: string,
  diagnostic: string,
): Buffer {
  const boundary = `report-${randomUUID()}`;
  const domain = person.slice(person.lastIndexOf("@") + 1);
  const clean = diagnostic.replace(/\s+/g, " ");
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@${domain}>`,
    `To: ${envelopeFrom}`,
    "Subject: Undelivered Mail Returned to Sender",
    `Message-ID: <${randomUUID()}@${domain}>`,
    `Date: ${new Date().toUTCString()}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    `Your mail to ${person} could not be delivered: ${clean}`,
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    ...statusLines(person, domain, clean),
    "",
    `--${boundary}`,
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: <${internetMessageId}>`,
    `Subject: ${subject.replace(/[^\x20-\x7e]/g, "?")}`,
    "",
    `--${boundary}--`,
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

function statusLines(person: string, domain: string, diagnostic: string): string[] {
  return [
    `Reporting-MTA: dns; mx.${domain}`,
    "",
    `Final-Recipient: rfc822; ${person}`,
    "Action: failed",
    "Status: 5.1.1",
    `Diagnostic-Code: smtp; ${diagnostic}`,
  ];
}
