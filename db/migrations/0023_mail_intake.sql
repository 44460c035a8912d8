-- Mails that come in: kept raw like a webhook's body, read by a worker of their own.
alter table inbound_deliveries
  -- A mail's account. A webhook's body names its number itself.
  add column channel_account_id bigint,
  -- Of a mail too large to be fetched: its whole size. The body is only its head.
  add column cut_from_bytes bigint;
-- The mails among what is still to do: they are taken one at a time, apart from the webhooks.
create index inbound_deliveries_mails_idx on inbound_deliveries (next_attempt_at, id) where state = 'received' and provider = 'email';

alter table messages
  drop constraint messages_origin_check,
  add constraint messages_origin_check check
    -- automatic: an absence note, a newsletter. Kept and shown, and no answer of anybody's.
    (origin in ('person', 'echo', 'history', 'user', 'bot', 'campaign', 'api', 'system', 'automatic'));

-- One process reads a mailbox at a time; who dies loses it after a minute.
alter table email_accounts
  add column imap_lease_by text,
  add column imap_lease_expires_at timestamptz(3);

-- A reply may come before what it answers: the later one finds its thread by this.
create index emails_company_id_in_reply_to_idx on emails (company_id, in_reply_to) where in_reply_to is not null;

-- What servers told about our mails: each report counts once, however often it comes.
create sequence email_reports_id_seq as bigint;
create table email_reports (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('email_reports_id_seq'),
  channel_account_id bigint not null,
  -- The report's own Message-ID and the recipient: one report may speak of several.
  report_id text not null,
  recipient text not null,
  -- hard, soft, policy, complaint, delayed, delivered
  class text not null,
  status text,
  diagnostic text,
  -- Ours, where it could be told.
  message_id bigint,
  -- How: token, message_id, recipient.
  matched_by text,
  received_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint email_reports_report_key unique (company_id, channel_account_id, report_id, recipient),
  constraint email_reports_company_id_channel_account_id_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id) on delete cascade,
  constraint email_reports_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade,
  constraint email_reports_class_check check (class in ('hard', 'soft', 'policy', 'complaint', 'delayed', 'delivered'))
);
-- What was told of one mail.
create index email_reports_company_id_message_id_idx on email_reports (company_id, message_id) where message_id is not null;

alter table attachments
  -- The mail it came with or went out with.
  add column message_id bigint,
  -- By which a mail's HTML names its pictures.
  add column content_id text,
  add constraint attachments_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade;
-- A mail's files.
create index attachments_company_id_message_id_idx on attachments (company_id, message_id) where message_id is not null;
