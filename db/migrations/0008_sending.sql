-- Sending: what stands in the outbox, how fast a number and a person may be written to, and what a vendor said of it.
alter table conversations
  -- An ad or a page button opens 72 hours in which messages are free of charge, when it is answered within 24.
  add column free_entry_expires_at timestamptz(3);

alter table messages
  add column template_id bigint,
  -- Our own words for a person who looks: why it waits, why it failed.
  add column status_reason text,
  drop constraint messages_status_check,
  add constraint messages_status_check check
    (status in ('queued', 'unknown', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'cancelled')),
  drop constraint messages_origin_check,
  add constraint messages_origin_check check
    (origin in ('person', 'echo', 'history', 'user', 'bot', 'campaign', 'api', 'system'));

alter table outbound_sends
  add column conversation_id bigint not null,
  add column contact_id bigint not null,
  -- Goes out as biz_opaque_callback_data and comes back with every status: it finds the message even when the answer was lost.
  add column callback_id uuid not null default gen_random_uuid(),
  -- Who asked: user, bot, campaign, api, system. A person's own message goes before a campaign's.
  add column origin text not null,
  add column priority smallint not null default 0,
  -- What the policy said when it was queued: by what, price, reason.
  add column decision jsonb not null default '{}',
  -- Outside a window: counts against the portfolio's tier of unique people a day.
  add column outside_window boolean not null default false,
  add column template_category text,
  -- Why it waits, in words; null while nothing holds it up.
  add column waiting_reason text,
  add column error_class text,
  -- The last time the vendor was called, and its answer's time; between them nobody knows.
  add column called_at timestamptz(3),
  add column accepted_at timestamptz(3),
  -- The same key again is the same message.
  add column once_key text,
  -- The vendor's id of the message this one answers.
  add column reply_to_provider_id text,
  -- Those behind it in the conversation wait for it. A message that waits for hours (quiet time, caps) lets the others pass.
  add column in_order boolean not null default true,
  -- Ids under which the vendor took it and then told that it was not delivered: late words about them must not count for a later attempt.
  add column spent_provider_ids text[] not null default '{}',
  -- How often it went again by itself after nobody knew.
  add column resends smallint not null default 0,
  -- What the vendor billed, in its own words.
  add column pricing jsonb,
  add constraint outbound_sends_callback_key unique (company_id, callback_id),
  add constraint outbound_sends_company_id_conversation_id_fkey foreign key (company_id, conversation_id)
    references conversations (company_id, id) on delete cascade,
  add constraint outbound_sends_origin_check check (origin in ('user', 'bot', 'campaign', 'api', 'system'));

drop index outbound_sends_due_idx;
-- What a number may send next, the important first; a worker walks over the numbers that have something.
create index outbound_sends_due_idx on outbound_sends (company_id, channel_account_id, priority desc, next_attempt_at, id)
  where state = 'queued';
-- When to look at unanswered calls again.
create index outbound_sends_unknown_idx on outbound_sends (next_attempt_at) where state = 'unknown';
-- Leases that ran out: their worker died between the call and the note of it.
create index outbound_sends_lease_idx on outbound_sends (lease_expires_at) where state = 'sending';
-- One conversation's messages leave in the order in which they were written.
create index outbound_sends_conversation_idx on outbound_sends (company_id, conversation_id, id) where state in ('queued', 'sending');
-- The same key again finds its message.
create unique index outbound_sends_once_key on outbound_sends (company_id, once_key) where once_key is not null;
-- Frequency and marketing caps count what one person got.
create index outbound_sends_contact_idx on outbound_sends (company_id, contact_id, created_at desc);
-- The portfolio's tier counts the people written to outside a window in 24 hours.
create index outbound_sends_outside_window_idx on outbound_sends (company_id, channel_account_id, created_at desc, contact_id)
  where outside_window;

-- The bucket of a number, shared by all workers: a generic cell rate algorithm keeps one time instead of a count.
create table number_rates (
  company_id bigint not null,
  channel_account_id bigint not null,
  -- Null: WhatsApp's usual 80; numbers that live on a phone too have 20, some have 1,000.
  messages_per_second integer,
  -- The theoretical arrival time: the next message may leave when it is not further ahead than the burst allows.
  next_free_at timestamptz(3) not null default '-infinity',
  -- The vendor asked for a pause: throttled, blocked, token gone.
  paused_until timestamptz(3),
  pause_reason text,
  -- Proof that the number's webhooks reach us; an unanswered call is only sent again when later news came and none of it was about it.
  last_status_at timestamptz(3),
  last_inbound_at timestamptz(3),
  primary key (company_id, channel_account_id),
  constraint number_rates_company_id_channel_account_id_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id) on delete cascade
);

-- The bucket of a pair (number, person): one message in six seconds, bursts of 45 borrowed against later.
create table pair_rates (
  company_id bigint not null,
  channel_account_id bigint not null,
  contact_id bigint not null,
  next_free_at timestamptz(3) not null,
  primary key (company_id, channel_account_id, contact_id),
  constraint pair_rates_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade
);

-- What is told to the vendor besides messages, best effort: that we have read up to here, that we are typing.
create table vendor_signals (
  company_id bigint not null,
  conversation_id bigint not null,
  channel_account_id bigint not null,
  -- The newest message of the person that we have seen; the vendor marks the earlier ones too.
  provider_id text not null,
  typing boolean not null default false,
  due_at timestamptz(3) not null default now(),
  attempts smallint not null default 0,
  primary key (company_id, conversation_id),
  constraint vendor_signals_company_id_conversation_id_fkey foreign key (company_id, conversation_id)
    references conversations (company_id, id) on delete cascade
);
-- Instance-wide: one worker serves all companies.
create index vendor_signals_due_at_idx on vendor_signals (due_at);

-- Delivered messages of a number and month, by kind: the monthly free allotment is counted from these.
create table channel_months (
  company_id bigint not null,
  channel_account_id bigint not null,
  -- First day of the month, UTC.
  month_on date not null,
  category text not null,
  delivered integer not null default 0,
  primary key (company_id, channel_account_id, month_on, category),
  constraint channel_months_company_id_channel_account_id_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id) on delete cascade
);
