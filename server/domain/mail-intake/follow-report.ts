import { markChannelProblem } from "../channels/mark-channel-problem.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import type { TxCtx } from "../context.ts";
import type { Bounce } from "../email/email.ts";
import type { ReportedMail } from "../email/reported/find-reported.ts";
import { settleEmail } from "../email/settle-email.ts";
import { noteSoftBounce, suppressAddress } from "../email/suppress-address.ts";
import { cancelQueuedSends } from "../sends/cancel-queued-sends.ts";
import type { ReportClass } from "./mail-report.ts";

export type FollowedReport = { channelAccountId: number; mail: ReportedMail; bounce: Bounce; class: ReportClass };

/** What a report means for the mail, its address, its person and our account. */
export async function followReport(tx: TxCtx, followed: FollowedReport): Promise<void> {
  const { mail, bounce, channelAccountId } = followed;
  // Whoever has one mail of ours must not close the addresses of others by a report on it.
  const isOurs = mail.recipients.some((recipient) => recipient.address === bounce.recipient);
  const address = isOurs ? (bounce.recipient ?? "") : "";
  const detail = { status: bounce.status, diagnostic: bounce.diagnostic, message_id: mail.messageId };
  switch (followed.class) {
    case "hard":
      await fail(tx, followed, `${address} takes no mail`);
      if (address !== "") await suppressAddress(tx, { address, reason: "hard_bounce", detail });
      break;
    case "soft":
      await fail(tx, followed, `${address} could not be reached for now`);
      if (address !== "") await noteSoftBounce(tx, address, detail);
      break;
    case "policy":
      await fail(tx, followed, `The mail server of ${address} refused this mail, not the address`);
      await markChannelProblem(tx, { channelAccountId, problem: "mail_refused", details: bounce.diagnostic });
      break;
    case "complaint":
      await closeToMarketing(tx, followed, address);
      break;
    case "delivered":
      await settleEmail(tx, mail.messageId, { kind: "delivered", at: new Date(bounce.at) });
      break;
    case "delayed":
      break;
  }
}

async function fail(tx: TxCtx, { mail, bounce }: FollowedReport, words: string): Promise<void> {
  const { status, diagnostic } = bounce;
  const said = diagnostic === "" ? "" : ` The server says: “${diagnostic.slice(0, 300)}”`;
  const inWords = `${words}${status === null ? "" : ` (${status})`}.${said}`;
  await settleEmail(tx, mail.messageId, { kind: "bounced", bounce, words: inWords });
}

/** Who calls a mail spam is never sent another campaign; a person may still answer what they ask. */
async function closeToMarketing(tx: TxCtx, { mail, bounce }: FollowedReport, address: string): Promise<void> {
  const { contactId, messageId } = mail;
  const evidence = { message_id: messageId, diagnostic: bounce.diagnostic };
  const at = new Date(bounce.at);
  await recordConsent(tx, {
    contactId,
    channel: "email",
    purpose: "marketing",
    state: "withdrawn",
    source: "complaint",
    at,
    evidence,
  });
  if (address !== "") await suppressAddress(tx, { address, reason: "complaint", detail: evidence });
  await cancelQueuedSends(tx, { contactIds: [contactId], channel: "email", purposes: ["marketing"] });
}
