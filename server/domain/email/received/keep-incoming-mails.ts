import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import { type EmailActivity, recordEmailActivities } from "../../activities/record-email-activities.ts";
import { keepMailFiles } from "../../attachments/keep-mail-files.ts";
import type { TxCtx } from "../../context.ts";
import type { ReceivedMessage } from "../../conversations/receive-messages.ts";
import type { MailAddress } from "../mail-address.ts";
import { settleAnswered } from "../settle-answered.ts";
import type { IncomingMail } from "./incoming-mail.ts";

type Received = ReceivedMessage & { mail: IncomingMail };

/** Writes what new messages are as mails: subject, thread, HTML, files, and their line in the log of what happens with a person. */
export async function keepIncomingMails(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  const mails = received.flatMap((message): Received[] =>
    message.update.mail ? [{ ...message, mail: message.update.mail }] : [],
  );
  if (mails.length === 0) return;
  await tx.tx.run(
    insertEmails({ companyId: tx.companyId, rows: JSON.stringify(mails.map(rowOf)), now: tx.now().toISOString() }),
  );
  await recordEmailActivities(tx, mails.map(activityOf));
  await settleAnswered(
    tx,
    mails.map(({ mail, update }) => ({ inReplyTo: mail.inReplyTo, at: update.sentAt })),
  );
  for (const { id, contactId, mail } of mails) await keepMailFiles(tx, { messageId: id, contactId, files: mail.files });
}

function rowOf({ id, contactId, channelAccountId, update, mail }: Received) {
  return {
    message_id: id,
    channel_account_id: channelAccountId,
    contact_id: contactId,
    internet_message_id: update.providerId,
    in_reply_to: mail.inReplyTo,
    reference_ids: mail.references,
    thread_id: mail.threadId ?? id,
    subject: mail.subject,
    from_address: mail.from.address,
    from_name: mail.from.name,
    to_addresses: mail.to,
    cc_addresses: mail.cc,
    html: mail.html,
    quoted_text: mail.quotedText,
    is_automatic: mail.isAutomatic,
  };
}

function activityOf({ id, contactId, update, mail }: Received): EmailActivity {
  return {
    messageId: id,
    contactId,
    leadId: null,
    direction: "incoming",
    subject: mail.subject,
    text: update.content.text ?? null,
    fromName: shown(mail.from),
    toName: mail.to.slice(0, 10).map(shown).join(", "),
    userId: null,
    occurredAt: update.sentAt,
  };
}

function shown({ address, name }: MailAddress): string {
  return name === "" ? address : name;
}

const insertEmails = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into emails (company_id, message_id, channel_account_id, contact_id, internet_message_id, in_reply_to, reference_ids, thread_id,
      subject, from_address, from_name, to_addresses, cc_addresses, html, quoted_text, is_automatic, created_at)
    select ${arg("companyId")}::bigint, r.message_id, r.channel_account_id, r.contact_id, r.internet_message_id, r.in_reply_to,
      array(select jsonb_array_elements_text(r.reference_ids)), r.thread_id, r.subject, r.from_address, r.from_name, r.to_addresses,
      r.cc_addresses, r.html, r.quoted_text, r.is_automatic, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (message_id bigint, channel_account_id bigint, contact_id bigint,
      internet_message_id text, in_reply_to text, reference_ids jsonb, thread_id bigint, subject text, from_address text, from_name text,
      to_addresses jsonb, cc_addresses jsonb, html text, quoted_text text, is_automatic boolean)
    on conflict (company_id, message_id) do nothing`,
);
