import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { recordEmailActivities } from "../activities/record-email-activities.ts";
import { keepWithMessage } from "../attachments/keep-with-message.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import type { SendOrigin } from "../policy/send-decision.ts";
import type { OutgoingEmail } from "../sends/outgoing-content.ts";
import { domainOf, type MailAddress } from "./mail-address.ts";
import { trackLinks } from "./tracking/track-links.ts";

export type NewEmail = {
  messageId: number;
  contactId: number;
  channelAccountId: number;
  origin: SendOrigin;
  content: OutgoingEmail;
};

/** What a domain-less account writes behind the @ until one is connected; RFC 2606 keeps it from ever being anybody's. */
export const unnamedDomain = "unset.invalid";

/** Writes what mails of ours are beside their messages, and their activities. Called in the transaction that stored the messages. */
export async function storeEmails(tx: TxCtx, emails: NewEmail[]): Promise<void> {
  if (emails.length === 0) return;
  const [accounts, parents] = await Promise.all([accountsOf(tx, emails), parentsOf(tx, emails)]);
  const stored = emails.map((email) => {
    const account = accounts.get(email.channelAccountId) ?? noAccount;
    const parent = parents.get(email.content.inReplyToMessageId ?? 0);
    if (email.content.inReplyToMessageId !== null && !parent)
      throw invalid("inReplyToMessageId", "inReplyToMessageId names no e-mail");
    return { email, account, row: rowOf(email, account, parent) };
  });
  await tx.tx.run(
    insertEmails({
      companyId: tx.companyId,
      now: tx.now().toISOString(),
      rows: JSON.stringify(stored.map(({ row }) => row)),
    }),
  );
  await recordEmailActivities(
    tx,
    stored.map(({ email, account }) => activityOf(tx, email, account)),
  );
  for (const { email, account } of stored) {
    await keepWithMessage(tx, email.content.attachmentIds, email.messageId);
    await trackLinks(tx, email, account);
  }
}

type Account = {
  id: number;
  fromAddress: string;
  fromName: string;
  trackOpens: boolean;
  trackClicks: boolean;
};

const noAccount: Account = { id: 0, fromAddress: "", fromName: "", trackOpens: false, trackClicks: false };

async function accountsOf(tx: TxCtx, emails: NewEmail[]): Promise<Map<number, Account>> {
  const ids = [...new Set(emails.map(({ channelAccountId }) => channelAccountId))];
  const rows = await tx.tx.all(selectAccounts({ companyId: tx.companyId, ids }));
  return new Map(rows.map((row) => [row.id, row]));
}

type Parent = { messageId: number; internetMessageId: string; referenceIds: string[]; threadId: number };

async function parentsOf(tx: TxCtx, emails: NewEmail[]): Promise<Map<number, Parent>> {
  const ids = [...new Set(emails.flatMap(({ content }) => content.inReplyToMessageId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx.tx.all(selectParents({ companyId: tx.companyId, ids }));
  return new Map(rows.map((row) => [row.messageId, row]));
}

function rowOf(
  { messageId, contactId, channelAccountId, origin, content }: NewEmail,
  account: Account,
  parent?: Parent,
) {
  return {
    message_id: messageId,
    channel_account_id: channelAccountId,
    contact_id: contactId,
    internet_message_id: `${randomUUID()}@${domainOf(account.fromAddress) || unnamedDomain}`,
    in_reply_to: parent?.internetMessageId ?? null,
    // Long threads keep their root and the newest; a header of hundreds is refused by some servers.
    reference_ids: parent ? shortened([...parent.referenceIds, parent.internetMessageId]) : [],
    thread_id: parent?.threadId ?? messageId,
    subject: content.subject,
    from_address: account.fromAddress,
    from_name: account.fromName,
    to_addresses: content.to,
    cc_addresses: content.cc,
    bcc_addresses: content.bcc,
    // Only what survives a gateway that folds case.
    reply_token: randomBytes(12).toString("hex"),
    html: content.html,
    is_automatic: origin !== "user" && origin !== "api",
  };
}

function shortened(ids: string[]): string[] {
  const known = [...new Set(ids)];
  return known.length <= 20 ? known : [...known.slice(0, 1), ...known.slice(-19)];
}

function activityOf(tx: TxCtx, { messageId, contactId, content }: NewEmail, account: Account) {
  return {
    messageId,
    contactId,
    leadId: content.leadId,
    direction: "outgoing",
    subject: content.subject,
    text: content.text,
    fromName: shown({ address: account.fromAddress, name: account.fromName }),
    toName: content.to.map(shown).join(", "),
    userId: actingUserId(tx),
    occurredAt: tx.now(),
  } as const;
}

function shown({ address, name }: MailAddress): string {
  return name === "" ? address : name;
}

const selectAccounts = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<Account>`
    select channel_account_id as id, from_address as "fromAddress", from_name as "fromName", track_opens as "trackOpens",
      track_clicks as "trackClicks"
    from email_accounts where company_id = ${arg("companyId")}::bigint and channel_account_id = any(${arg("ids")}::bigint[])`,
);

const selectParents = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<Parent>`
    select message_id as "messageId", internet_message_id as "internetMessageId", to_jsonb(reference_ids) as "referenceIds",
      thread_id as "threadId"
    from emails where company_id = ${arg("companyId")}::bigint and message_id = any(${arg("ids")}::bigint[])`,
);

const insertEmails = prepared<{ companyId: number; now: string; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into emails (company_id, message_id, channel_account_id, contact_id, internet_message_id, in_reply_to, reference_ids, thread_id,
      subject, from_address, from_name, to_addresses, cc_addresses, bcc_addresses, reply_token, html, is_automatic, created_at)
    select ${arg("companyId")}::bigint, r.message_id, r.channel_account_id, r.contact_id, r.internet_message_id, r.in_reply_to,
      array(select jsonb_array_elements_text(r.reference_ids)), r.thread_id, r.subject, r.from_address, r.from_name, r.to_addresses,
      r.cc_addresses, r.bcc_addresses, r.reply_token, r.html, r.is_automatic, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (message_id bigint, channel_account_id bigint, contact_id bigint,
      internet_message_id text, in_reply_to text, reference_ids jsonb, thread_id bigint, subject text, from_address text, from_name text,
      to_addresses jsonb, cc_addresses jsonb, bcc_addresses jsonb, reply_token text, html text, is_automatic boolean)`,
);
