-- Channels, conversations, messages, and the raw bodies they came from.
create sequence channel_accounts_id_seq as bigint;
create table channel_accounts (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('channel_accounts_id_seq'),
  provider text not null,
  name text not null,
  -- phone_number_id of the Cloud API, instance name of a gateway.
  external_id text not null,
  waba_id text,
  business_id text,
  display_phone text,
  -- Sealed with a key outside the database.
  access_token_sealed text,
  status text not null default 'connected',
  quality text,
  messaging_limit text,
  health jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint channel_accounts_external_key unique (company_id, provider, external_id),
  constraint channel_accounts_provider_check check (provider in ('whatsapp_cloud', 'whatsapp_gateway', 'simulator'))
);
create index channel_accounts_company_id_waba_id_idx on channel_accounts (company_id, waba_id) where waba_id is not null;

-- Instance-wide: a vendor's webhook names a number, and this leads to its company. One number, one company.
create table channel_routes (
  provider text not null,
  external_id text not null,
  company_id bigint not null references companies (id) on delete cascade,
  channel_account_id bigint not null,
  primary key (provider, external_id)
);
create index channel_routes_company_id_idx on channel_routes (company_id);

-- Instance-wide: the secret a WhatsApp gateway sends along, hashed.
create table gateway_secrets (
  secret_hash bytea primary key,
  company_id bigint not null references companies (id) on delete cascade,
  created_at timestamptz(3) not null default now()
);
create index gateway_secrets_company_id_idx on gateway_secrets (company_id);

create sequence conversations_id_seq as bigint;
create table conversations (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('conversations_id_seq'),
  contact_id bigint not null,
  channel_account_id bigint not null,
  status text not null default 'open',
  assignee_user_id bigint,
  snoozed_until timestamptz(3),
  bot_enabled boolean not null default true,
  unread_count integer not null default 0,
  last_message_id bigint,
  last_message_at timestamptz(3),
  last_message_text text,
  last_message_type text,
  last_message_direction text,
  last_inbound_at timestamptz(3),
  last_outbound_at timestamptz(3),
  -- The end of the 24-hour (or 72-hour) window for free text.
  window_expires_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  closed_at timestamptz(3),
  primary key (company_id, id),
  constraint conversations_person_channel_key unique (company_id, contact_id, channel_account_id),
  constraint conversations_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint conversations_company_id_channel_account_id_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id),
  constraint conversations_company_id_assignee_user_id_fkey foreign key (company_id, assignee_user_id)
    references memberships (company_id, user_id) on delete set null (assignee_user_id),
  constraint conversations_status_check check (status in ('open', 'snoozed', 'closed'))
);
-- The inbox.
create index conversations_company_id_last_message_at_idx on conversations (company_id, last_message_at desc, id desc);
create index conversations_company_id_status_idx on conversations (company_id, status, last_message_at desc, id desc);

create sequence messages_id_seq as bigint;
create table messages (
  company_id bigint not null,
  id bigint not null default nextval('messages_id_seq'),
  conversation_id bigint not null,
  contact_id bigint not null,
  channel_account_id bigint not null,
  direction text not null,
  -- person, echo (written in the phone app), history, or one of our own.
  origin text not null default 'person',
  type text not null,
  text text,
  provider_id text,
  payload jsonb,
  reply_to_provider_id text,
  -- What the text asks for: pricing, demo, resources, buy, human, urgent. Scoring reads these, not the text.
  intents text[] not null default '{}',
  author_user_id bigint,
  status text,
  -- The provider's time; ours is created_at.
  sent_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  status_sent_at timestamptz(3),
  delivered_at timestamptz(3),
  read_at timestamptz(3),
  played_at timestamptz(3),
  failed_at timestamptz(3),
  error jsonb,
  edited_at timestamptz(3),
  revoked_at timestamptz(3),
  delivery_id bigint,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint messages_company_id_conversation_id_fkey foreign key (company_id, conversation_id)
    references conversations (company_id, id) on delete cascade,
  constraint messages_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint messages_direction_check check (direction in ('in', 'out')),
  constraint messages_origin_check check (origin in ('person', 'echo', 'history', 'user', 'bot', 'campaign', 'api')),
  constraint messages_status_check check (status in ('queued', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed'))
);
-- The same webhook twice is one message.
create unique index messages_provider_key on messages (company_id, channel_account_id, provider_id) where provider_id is not null;
-- A thread, newest first.
create index messages_company_id_conversation_id_idx on messages (company_id, conversation_id, sent_at desc, id desc);
-- A person's messages over all channels: timeline and scoring.
create index messages_company_id_contact_id_idx on messages (company_id, contact_id, sent_at desc, id desc);
-- All, newest first.
create index messages_company_id_sent_at_idx on messages (company_id, sent_at desc, id desc);
-- Scoring asks whether a person ever asked for something.
create index messages_intents_idx on messages (company_id, contact_id) where intents <> '{}';

-- A status may arrive before its message is stored; it waits here and is applied when the message comes.
create table early_statuses (
  company_id bigint not null references companies (id) on delete cascade,
  channel_account_id bigint not null,
  provider_id text not null,
  status text not null,
  at timestamptz(3) not null,
  errors jsonb,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, channel_account_id, provider_id, status)
);

create sequence templates_id_seq as bigint;
create table templates (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('templates_id_seq'),
  channel_account_id bigint,
  waba_id text,
  -- Meta's integer may exceed 2^53.
  provider_id text,
  name text not null,
  language text not null,
  category text,
  status text not null,
  quality text,
  components jsonb not null default '[]',
  reason text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
create unique index templates_name_language_key on templates (company_id, coalesce(waba_id, ''), name, language);

create sequence media_id_seq as bigint;
create table media (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('media_id_seq'),
  message_id bigint,
  provider_media_id text,
  mime_type text,
  filename text,
  sha256 text,
  size_bytes bigint,
  status text not null default 'pending',
  storage_key text,
  error text,
  created_at timestamptz(3) not null default now(),
  fetched_at timestamptz(3),
  primary key (company_id, id),
  constraint media_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade,
  constraint media_status_check check (status in ('pending', 'stored', 'failed', 'expired'))
);
create unique index media_company_id_message_id_key on media (company_id, message_id) where message_id is not null;

-- Instance-wide: a body is stored before anyone knows whose it is, and one body may speak of several companies.
create sequence inbound_deliveries_id_seq as bigint;
create table inbound_deliveries (
  id bigint primary key default nextval('inbound_deliveries_id_seq'),
  provider text not null,
  -- Known at once only where the secret says it: gateways.
  company_id bigint references companies (id) on delete cascade,
  body bytea not null,
  received_at timestamptz(3) not null default now(),
  state text not null default 'received',
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null default now(),
  processed_at timestamptz(3),
  error text,
  constraint inbound_deliveries_state_check check (state in ('received', 'processed', 'unrouted', 'failed'))
);
-- What is still to do, oldest first.
create index inbound_deliveries_due_idx on inbound_deliveries (id) where state = 'received';
-- What an operator looks at.
create index inbound_deliveries_trouble_idx on inbound_deliveries (state, id) where state in ('unrouted', 'failed');
-- Retention works by range.
create index inbound_deliveries_received_at_idx on inbound_deliveries using brin (received_at);

create sequence outbound_sends_id_seq as bigint;
create table outbound_sends (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('outbound_sends_id_seq'),
  message_id bigint not null,
  channel_account_id bigint not null,
  purpose text not null,
  request jsonb not null,
  state text not null default 'queued',
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null default now(),
  lease_expires_at timestamptz(3),
  price numeric(12, 6),
  price_currency text,
  error jsonb,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint outbound_sends_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade,
  constraint outbound_sends_state_check check (state in ('queued', 'sending', 'unknown', 'accepted', 'failed', 'cancelled'))
);
create unique index outbound_sends_company_id_message_id_key on outbound_sends (company_id, message_id);
create index outbound_sends_due_idx on outbound_sends (next_attempt_at, id) where state in ('queued', 'unknown');
