import type { TxCtx } from "../context.ts";
import type { Bounce } from "../email/email.ts";
import { findReported, type ReportedMail } from "../email/reported/find-reported.ts";
import { noteBounce } from "../email/reported/note-bounce.ts";
import { recordEvent } from "../events/record-event.ts";
import type { MailOutcome } from "./apply-mail.ts";
import { followReport } from "./follow-report.ts";
import { insertReport } from "./insert-report.ts";
import type { MailReport, ReportedRecipient } from "./mail-report.ts";
import type { ReadMail } from "./read-mail.ts";

type Reported = { channelAccountId: number; receivedAt: Date; mail: ReadMail; report: MailReport };

/** Lets what a server tells of a mail of ours change that mail's fate, each report and recipient once. */
export async function applyReport(tx: TxCtx, input: Reported): Promise<MailOutcome> {
  let matched = 0;
  for (const told of input.report.recipients) {
    const mail = await findReported(tx, {
      tokens: input.mail.tokens,
      originalMessageId: input.report.originalMessageId,
      addresses: [told.recipient, told.forwardedFrom].filter((address) => address !== null),
    });
    if (mail) matched += 1;
    await applyOne(tx, input, told, mail);
  }
  return { isStored: false, note: matched > 0 ? null : "It reports on a mail that did not leave from here." };
}

async function applyOne(
  tx: TxCtx,
  { channelAccountId, receivedAt, mail: { internetMessageId: reportId } }: Reported,
  told: ReportedRecipient,
  mail: ReportedMail | undefined,
): Promise<void> {
  const recipient = mail ? ownRecipient(mail, told) : (told.recipient ?? "");
  const { status, diagnostic } = told;
  const row = { channelAccountId, reportId, recipient, class: told.class, status, diagnostic };
  const isNew = await insertReport(tx, {
    ...row,
    messageId: mail?.messageId ?? null,
    matchedBy: mail?.matchedBy ?? null,
    receivedAt,
  });
  if (!isNew || !mail) return;
  const isProven = mail.matchedBy !== "recipient";
  const bounce: Bounce = { class: told.class, status, recipient, diagnostic, at: receivedAt.toISOString() };
  // Anybody can name an address. Only who knows our token or Message-ID has the mail, so the rest is noted and changes nothing.
  if (isProven) await followReport(tx, { channelAccountId, mail, bounce, class: told.class });
  if (told.class === "delivered" || told.class === "delayed") return;
  if (isProven) await noteBounce(tx, mail.messageId, bounce);
  await recordEvent(tx, {
    type: told.class === "complaint" ? "email.complained" : "email.bounced",
    subject: { kind: "message", id: mail.messageId },
    contactId: mail.contactId,
    data: { ...bounce, ...(isProven ? {} : { unproven: true }) },
    occurredAt: receivedAt,
  });
}

/** The address as we wrote to it: a report may name the one it was forwarded to, or none. */
function ownRecipient({ recipients }: ReportedMail, { recipient, forwardedFrom }: ReportedRecipient): string {
  const known = recipients.map(({ address }) => address);
  const named = [forwardedFrom, recipient].find((address) => address !== null && known.includes(address));
  return named ?? (known.length === 1 ? known[0] : undefined) ?? recipient ?? "";
}
