import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { LeftOut, Purpose } from "../policy/send-decision.ts";
import { type StoredEmailAccount, storedAccountColumns, storedAccountSource } from "./email-account.ts";
import type { MailAddress } from "./mail-address.ts";

export type TrackedLink = { id: number; url: string | null };

/** Everything that a mail is made of when it leaves. The same at each attempt, its Message-ID first of all. */
export type MailToSend = {
  companyId: number;
  messageId: number;
  contactId: number;
  purpose: Purpose;
  internetMessageId: string;
  inReplyTo: string | null;
  referenceIds: string[];
  subject: string;
  text: string | null;
  html: string | null;
  fromAddress: string;
  fromName: string;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  /** Who was to get a copy and gets none; stands neither in cc nor in bcc. */
  leftOut: LeftOut[];
  replyToken: string | null;
  isAutomatic: boolean;
  attachmentIds: number[];
  sentAt: string;
  links: TrackedLink[];
  account: StoredEmailAccount;
};

type Key = { companyId: number; callbackId: string };

/** The mail of one call of the outbox; undefined where it is gone. */
export async function mailToSend(db: Pick<Queries, "first" | "all">, key: Key): Promise<MailToSend | undefined> {
  const mail = await db.first(mailOfCall(key));
  if (!mail) return undefined;
  const { companyId } = key;
  const account = await db.first(accountOfMail({ companyId, messageId: mail.messageId }));
  const links = await db.all(linksOfMail({ companyId, messageId: mail.messageId }));
  return account ? { ...withoutLeftOut(mail), links, account } : undefined;
}

function withoutLeftOut<Mail extends Pick<MailToSend, "cc" | "bcc" | "leftOut">>(mail: Mail): Mail {
  const isCopied = ({ address }: MailAddress) => mail.leftOut.every((each) => each.address !== address);
  return { ...mail, cc: mail.cc.filter(isCopied), bcc: mail.bcc.filter(isCopied) };
}

const mailOfCall = prepared<Key>()(
  (_db, arg) => sql<Omit<MailToSend, "links" | "account">>`
    select s.company_id as "companyId", s.message_id as "messageId", s.contact_id as "contactId", s.purpose,
      e.internet_message_id as "internetMessageId", e.in_reply_to as "inReplyTo", to_jsonb(e.reference_ids) as "referenceIds", e.subject,
      m.text, e.html, e.from_address as "fromAddress", e.from_name as "fromName", e.to_addresses as "to", e.cc_addresses as cc,
      e.bcc_addresses as bcc, coalesce(s.decision -> 'leftOut', '[]') as "leftOut", e.reply_token as "replyToken", e.is_automatic as "isAutomatic",
      coalesce(s.request -> 'attachmentIds', '[]') as "attachmentIds", m.sent_at as "sentAt"
    from outbound_sends s
    join messages m on m.company_id = s.company_id and m.id = s.message_id
    join emails e on e.company_id = s.company_id and e.message_id = s.message_id
    where s.company_id = ${arg("companyId")}::bigint and s.callback_id = ${arg("callbackId")}::uuid`,
);

const accountOfMail = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<StoredEmailAccount>`
    select ${storedAccountColumns} from ${storedAccountSource}
    join outbound_sends s on s.company_id = a.company_id and s.channel_account_id = a.id
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = ${arg("messageId")}::bigint`,
);

const linksOfMail = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<TrackedLink>`
    select id, url from tracked_links
    where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint order by id limit 200`,
);
