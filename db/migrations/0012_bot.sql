-- The bot: how a company wants it to answer, what it knows, and where it stands in each conversation.
create table bot_settings (
  company_id bigint primary key references companies (id) on delete cascade,
  -- Off until somebody wants it: an answer by itself costs money and speaks in the company's name.
  enabled boolean not null default false,
  business_name text not null default '',
  about text not null default '',
  greeting text,
  prices text not null default '',
  demos boolean not null default true,
  -- Messages that arrive within this time are one turn and get one answer.
  reply_delay_ms integer not null default 1500,
  -- After a colleague wrote, the bot keeps quiet this long.
  quiet_after_person_minutes integer not null default 240,
  max_replies_per_day integer not null default 40,
  model_url text,
  model_name text,
  -- Sealed with a key outside the database.
  model_key_sealed text,
  model_timeout_ms integer not null default 8000,
  -- Money for a million tokens, in model_currency.
  model_input_price numeric(12, 6) not null default 0,
  model_output_price numeric(12, 6) not null default 0,
  model_monthly_cap numeric(12, 2) not null default 10,
  model_currency text not null default 'USD',
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  constraint bot_settings_reply_delay_ms_check check (reply_delay_ms between 0 and 30000),
  constraint bot_settings_model_timeout_ms_check check (model_timeout_ms between 500 and 30000)
);

create sequence knowledge_entries_id_seq as bigint;
create table knowledge_entries (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('knowledge_entries_id_seq'),
  question text not null,
  answer text not null,
  -- Other words by which people ask for the same.
  keywords text[] not null default '{}',
  -- Null: for every language.
  language text,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint knowledge_entries_language_check check (language in ('en', 'es', 'pt', 'hi', 'de', 'fr'))
);

-- A conversation that waits for the bot. Messages that come meanwhile join the turn.
create table bot_turns (
  company_id bigint not null,
  conversation_id bigint not null,
  contact_id bigint not null,
  first_message_id bigint not null,
  last_message_id bigint not null,
  due_at timestamptz(3) not null,
  attempts integer not null default 0,
  lease_expires_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, conversation_id),
  constraint bot_turns_company_id_conversation_id_fkey foreign key (company_id, conversation_id)
    references conversations (company_id, id) on delete cascade
);
-- What a worker takes next: instance-wide, because one worker serves all companies.
create index bot_turns_due_at_idx on bot_turns (due_at);

create table bot_states (
  company_id bigint not null,
  conversation_id bigint not null,
  language text,
  greeted_at timestamptz(3),
  -- Field → how often the bot asked for it.
  asked jsonb not null default '{}',
  last_asked text,
  -- Knowledge entries and topics that were answered already.
  answered text[] not null default '{}',
  -- Turns in a row that brought nothing new: two machines talk, or the bot is of no help.
  stalled_turns integer not null default 0,
  replies_today integer not null default 0,
  replies_on date,
  last_reply_at timestamptz(3),
  handed_over_at timestamptz(3),
  handover_reason text,
  primary key (company_id, conversation_id),
  constraint bot_states_company_id_conversation_id_fkey foreign key (company_id, conversation_id)
    references conversations (company_id, id) on delete cascade
);

-- What the model cost in a month. A call reserves its worst price first, so that calls at the same time cannot pass the cap together.
create table bot_spending (
  company_id bigint not null references companies (id) on delete cascade,
  month_on date not null,
  reserved numeric(14, 6) not null default 0,
  spent numeric(14, 6) not null default 0,
  calls integer not null default 0,
  primary key (company_id, month_on)
);
