-- When a vendor's event last set each thing of a number or a template. Events come in any order; an older one does not move it.
alter table channel_accounts add column told_at jsonb not null default '{}';
alter table templates add column told_at jsonb not null default '{}';

-- Whoever was only discovered has nothing that could break; earlier versions took events of strange accounts for its trouble.
update channel_accounts set health = health - 'problems' where status = 'discovered' and health ? 'problems';

-- An edit or a deletion may arrive before its message is stored; what it leaves of the message waits here.
create table early_message_changes (
  company_id bigint not null references companies (id) on delete cascade,
  channel_account_id bigint not null,
  provider_id text not null,
  revoked boolean not null,
  at timestamptz(3) not null,
  text text,
  media jsonb,
  created_at timestamptz(3) not null default now(),
  constraint early_message_changes_pkey primary key (company_id, channel_account_id, provider_id)
);
-- The sweeper drops what waited for a message that never came.
create index early_message_changes_created_at_idx on early_message_changes (created_at);
create index early_statuses_created_at_idx on early_statuses (created_at);

-- Nobody reads when the bot last replied: its messages say it.
alter table bot_states drop column if exists last_reply_at;
