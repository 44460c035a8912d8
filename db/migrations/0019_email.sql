-- E-mail: a channel like the others, with what only mails have.
alter table channel_accounts
  drop constraint channel_accounts_provider_check,
  add constraint channel_accounts_provider_check check (provider in ('whatsapp_cloud', 'whatsapp_gateway', 'simulator', 'email'));

create table email_accounts (
  company_id bigint not null,
  channel_account_id bigint not null,
  from_address text not null,
  from_name text not null default '',
  -- {host, port, secure, user}; the passwords are sealed with a key outside the database.
  smtp jsonb,
  smtp_password_sealed text,
  -- {host, port, secure, user, mailbox}
  imap jsonb,
  imap_password_sealed text,
  -- {domain, selector}
  dkim jsonb,
  dkim_key_sealed text,
  signature text not null default '',
  -- Off for one-to-one mail unless somebody wants it.
  track_opens boolean not null default false,
  track_clicks boolean not null default false,
  -- Answers and bounces come back to name+token@: mail hosts without plus addresses would refuse them.
  plus_addresses boolean not null default true,
  -- Of the secret in the inbound webhook's address.
  inbound_secret_hash bytea,
  -- Where reading stands: numbers of another validity mean nothing.
  imap_uid_validity bigint,
  imap_last_uid bigint not null default 0,
  imap_checked_at timestamptz(3),
  imap_error text,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, channel_account_id),
  constraint email_accounts_company_id_channel_account_id_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id) on delete cascade
);
-- The inbound webhook carries only its secret.
create unique index email_accounts_inbound_secret_hash_key on email_accounts (inbound_secret_hash) where inbound_secret_hash is not null;

-- What a mail is beside a message. The words a person wrote are messages.text, without what was quoted.
create table emails (
  company_id bigint not null,
  message_id bigint not null,
  channel_account_id bigint not null,
  contact_id bigint not null,
  -- Without its angle brackets; also messages.provider_id.
  internet_message_id text not null,
  in_reply_to text,
  reference_ids text[] not null default '{}',
  -- The thread's first message.
  thread_id bigint not null,
  subject text not null default '',
  from_address text not null default '',
  from_name text not null default '',
  -- [{address, name}]
  to_addresses jsonb not null default '[]',
  cc_addresses jsonb not null default '[]',
  bcc_addresses jsonb not null default '[]',
  -- In the plus address of Reply-To and in the return path: gateways that rewrite Message-ID keep it.
  reply_token text,
  -- As it came. It is cleaned where it is shown.
  html text,
  quoted_text text,
  -- An auto-reply, a bounce, a list: never answered by itself.
  is_automatic boolean not null default false,
  -- {class, status, recipient, diagnostic, at}
  bounce jsonb,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, message_id),
  constraint emails_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade,
  constraint emails_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade
);
-- Threading by Message-ID, In-Reply-To and References.
create index emails_company_id_internet_message_id_idx on emails (company_id, internet_message_id);
-- A thread in its order.
create index emails_company_id_thread_id_idx on emails (company_id, thread_id, message_id);
-- A person's mails, newest first.
create index emails_company_id_contact_id_idx on emails (company_id, contact_id, message_id desc);
-- A reply's plus address, a bounce's return path.
create unique index emails_reply_token_key on emails (company_id, reply_token) where reply_token is not null;

create sequence tracked_links_id_seq as bigint;
create table tracked_links (
  company_id bigint not null,
  id bigint not null default nextval('tracked_links_id_seq'),
  message_id bigint not null,
  contact_id bigint not null,
  -- Null for the picture that tells of an opening.
  url text,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint tracked_links_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade
);
create index tracked_links_company_id_message_id_idx on tracked_links (company_id, message_id);

create sequence link_visits_id_seq as bigint;
create table link_visits (
  company_id bigint not null,
  id bigint not null default nextval('link_visits_id_seq'),
  link_id bigint not null,
  -- person, scanner (follows every link), proxy (Apple's, Gmail's: loads all pictures).
  visitor text not null,
  user_agent text,
  visited_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint link_visits_company_id_link_id_fkey foreign key (company_id, link_id)
    references tracked_links (company_id, id) on delete cascade,
  constraint link_visits_visitor_check check (visitor in ('person', 'scanner', 'proxy'))
);
create index link_visits_company_id_link_id_idx on link_visits (company_id, link_id);

-- Addresses that do not take mail: asked at every send.
create table email_suppressions (
  company_id bigint not null references companies (id) on delete cascade,
  address text not null,
  -- hard_bounce, soft_bounces (too many), complaint, unsubscribed, manual
  reason text not null,
  detail jsonb not null default '{}',
  soft_bounces integer not null default 0,
  suppressed_at timestamptz(3),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, address)
);

-- What the demo's own mail server took: a mailbox of people who are not there. The newest few hundred are kept.
create sequence simulated_mails_id_seq as bigint;
create table simulated_mails (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('simulated_mails_id_seq'),
  envelope_from text not null,
  envelope_to text[] not null,
  subject text not null default '',
  from_text text not null default '',
  to_text text not null default '',
  text text not null default '',
  html text,
  internet_message_id text not null default '',
  -- Without angle brackets; where an answer goes.
  reply_to text not null default '',
  size_bytes integer not null,
  raw bytea not null,
  received_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
