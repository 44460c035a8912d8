import { type RawBuilder, sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import type { MailAddress } from "./mail-address.ts";

/** What became of a mail that a server took and could not deliver. */
export type Bounce = {
  class: string;
  /** RFC 3463: 5.1.1 and the like. */
  status: string | null;
  recipient: string | null;
  diagnostic: string;
  at: string;
};

/** A mail as people see it: the message, and what only mails have. */
export type Email = {
  messageId: number;
  conversationId: number;
  contactId: number;
  channelAccountId: number;
  activityId: number | null;
  leadId: number | null;
  direction: "in" | "out";
  origin: string;
  subject: string;
  /** What the person wrote, without what was quoted. */
  text: string | null;
  /** As it came or was given: cleaned where it is shown. */
  html: string | null;
  quotedText: string | null;
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  /** Without angle brackets. */
  internetMessageId: string;
  inReplyTo: string | null;
  referenceIds: string[];
  /** The thread's first message. */
  threadId: number;
  isAutomatic: boolean;
  bounce: Bounce | null;
  /** queued, sent (a server took it), delivered, read, failed, unknown, cancelled; null for what came in. */
  status: string | null;
  statusReason: string | null;
  authorUserId: number | null;
  sentAt: string;
  acceptedAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  failedAt: string | null;
  error: Json;
};

export type EmailRow = Omit<Email, "from"> & { fromAddress: string; fromName: string };

export const emailColumns: RawBuilder<unknown> = sql`
  e.message_id as "messageId", m.conversation_id as "conversationId", e.contact_id as "contactId",
  e.channel_account_id as "channelAccountId", v.id as "activityId", v.lead_id as "leadId", m.direction, m.origin, e.subject, m.text, e.html,
  e.quoted_text as "quotedText", e.from_address as "fromAddress", e.from_name as "fromName", e.to_addresses as "to", e.cc_addresses as cc,
  e.bcc_addresses as bcc, e.internet_message_id as "internetMessageId", e.in_reply_to as "inReplyTo",
  to_jsonb(e.reference_ids) as "referenceIds", e.thread_id as "threadId", e.is_automatic as "isAutomatic", e.bounce,
  case when m.status = 'accepted' then 'sent' else m.status end as status, m.status_reason as "statusReason",
  m.author_user_id as "authorUserId", m.sent_at as "sentAt", m.accepted_at as "acceptedAt", m.delivered_at as "deliveredAt",
  m.read_at as "readAt", m.failed_at as "failedAt", m.error`;

export const emailSource: RawBuilder<unknown> = sql`
  emails e join messages m on m.company_id = e.company_id and m.id = e.message_id
  join contacts c on c.company_id = e.company_id and c.id = e.contact_id
  left join activities v on v.company_id = e.company_id and v.message_id = e.message_id and v.deleted_at is null`;

export function emailOf({ fromAddress, fromName, ...row }: EmailRow): Email {
  return { ...row, from: { address: fromAddress, name: fromName } };
}
