-- The Graph API played in process: what stands on the simulated phones, which webhooks are still to come, and how it was asked to fail.
-- All of it in the database, because the caller, the worker and the screen may be three processes.

-- Account-level webhooks (a template's review) name the account alone.
insert into channel_routes (provider, external_id, company_id, channel_account_id)
select 'whatsapp_waba', waba_id, company_id, id from channel_accounts
where provider = 'simulator' and waba_id = 'sim-' || company_id
on conflict (provider, external_id) do nothing;

create table simulator_settings (
  company_id bigint primary key references companies (id) on delete cascade,
  sent_after_ms integer not null default 250,
  delivered_after_ms integer not null default 900,
  -- A phone that nobody holds reads by itself; one on the screen reads at once.
  read_after_ms integer not null default 45000,
  review_after_ms integer not null default 4000,
  messages_per_second integer not null default 80,
  -- When the next message fits the number's throughput; ahead of now by the burst at most.
  next_free_at timestamptz(3) not null default '-infinity'
);

create sequence simulator_phones_id_seq as bigint;
create table simulator_phones (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('simulator_phones_id_seq'),
  user_id text not null,
  -- Null: a person who hides the number behind a username.
  wa_id text,
  username text,
  name text not null,
  switched_off boolean not null default false,
  -- Opens the 24 hours in which anything may be written.
  last_wrote_at timestamptz(3),
  -- An ad or a page button opens 72 hours.
  free_entry_until timestamptz(3),
  -- One message in 6 seconds, bursts of 45 borrowed against later.
  pair_free_at timestamptz(3) not null default '-infinity',
  -- The business shows that it types.
  typing_until timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint simulator_phones_user_id_key unique (company_id, user_id),
  constraint simulator_phones_wa_id_key unique (company_id, wa_id)
);

create sequence simulator_media_id_seq as bigint;
create table simulator_media (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('simulator_media_id_seq'),
  -- The vendor's id: digits that nobody guesses.
  media_id text not null,
  mime_type text not null,
  filename text,
  sha256 text not null,
  bytes bytea not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  primary key (company_id, id),
  constraint simulator_media_media_id_key unique (company_id, media_id)
);
-- The Graph API names a file by its id alone.
create index simulator_media_media_id_idx on simulator_media (media_id);
-- What has had its day is dropped in batches.
create index simulator_media_expires_at_idx on simulator_media (expires_at);

create sequence simulator_messages_id_seq as bigint;
create table simulator_messages (
  company_id bigint not null,
  id bigint not null default nextval('simulator_messages_id_seq'),
  channel_account_id bigint not null,
  phone_id bigint not null,
  author text not null,
  provider_id text not null,
  type text not null,
  -- As the Graph API was given it, or as the customer's webhook told it; a template also as the phone shows it.
  body jsonb not null,
  rendered jsonb,
  reply_to text,
  reacts_to text,
  callback_data text,
  -- What pricing will name.
  category text,
  status text not null,
  error jsonb,
  sent_at timestamptz(3) not null,
  -- When it stands on the customer's phone; null for what never arrives.
  visible_at timestamptz(3),
  read_at timestamptz(3),
  edited_at timestamptz(3),
  revoked_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint simulator_messages_provider_id_key unique (company_id, provider_id),
  constraint simulator_messages_phone_fkey foreign key (company_id, phone_id)
    references simulator_phones (company_id, id) on delete cascade,
  constraint simulator_messages_channel_account_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id) on delete cascade,
  constraint simulator_messages_author_check check (author in ('business', 'customer'))
);
-- A phone's thread, newest first.
create index simulator_messages_phone_idx on simulator_messages (company_id, phone_id, id desc);
-- The reactions to the messages of a page.
create index simulator_messages_reacts_to_idx on simulator_messages (company_id, reacts_to, id) where reacts_to is not null;
-- What has had its day is dropped in batches.
create index simulator_messages_created_at_idx on simulator_messages (created_at);

create sequence simulator_templates_id_seq as bigint;
create table simulator_templates (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('simulator_templates_id_seq'),
  waba_id text not null,
  template_id text not null,
  name text not null,
  language text not null,
  category text not null,
  parameter_format text not null default 'POSITIONAL',
  components jsonb not null,
  status text not null,
  rejected_reason text not null default 'NONE',
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint simulator_templates_name_key unique (company_id, name, language),
  constraint simulator_templates_template_id_key unique (company_id, template_id)
);
-- The Graph API edits a template by its id alone.
create index simulator_templates_template_id_idx on simulator_templates (template_id);

-- Webhooks still to come; a row goes with the webhook that it became, in one transaction.
create sequence simulator_webhooks_id_seq as bigint;
create table simulator_webhooks (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('simulator_webhooks_id_seq'),
  message_id bigint,
  template_id bigint,
  -- The message's status, or the template's new one.
  status text not null,
  errors jsonb,
  -- When it happened, which is not when we are told.
  happened_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  -- How often it is told; 0 only changes the phone.
  copies smallint not null default 1,
  primary key (company_id, id),
  constraint simulator_webhooks_message_fkey foreign key (company_id, message_id)
    references simulator_messages (company_id, id) on delete cascade,
  constraint simulator_webhooks_template_fkey foreign key (company_id, template_id)
    references simulator_templates (company_id, id) on delete cascade,
  constraint simulator_webhooks_subject_check check (num_nonnulls(message_id, template_id) = 1)
);
-- What a worker may tell next: instance-wide, because one worker serves all companies.
create index simulator_webhooks_due_idx on simulator_webhooks (due_at, id);
-- Reading brings a message's own row forward.
create index simulator_webhooks_message_idx on simulator_webhooks (company_id, message_id);

create sequence simulator_failures_id_seq as bigint;
create table simulator_failures (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('simulator_failures_id_seq'),
  -- A code of Meta's, or a word: timeout_after_acceptance, no_statuses, …
  kind text not null,
  -- Whether a code comes as the answer or later as a status.
  stage text,
  -- How many sends it still concerns; null: all until it is taken away.
  remaining integer,
  probability double precision not null default 1,
  delay_ms integer not null default 0,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint simulator_failures_stage_check check (stage in ('answer', 'status')),
  constraint simulator_failures_remaining_check check (remaining > 0),
  constraint simulator_failures_probability_check check (probability > 0 and probability <= 1)
);
