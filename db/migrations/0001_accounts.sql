-- Companies, their people and their keys. Instance-wide: companies, users, refresh_tokens, sessions, sign_in_tokens, rate_limits.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists unaccent;

create sequence companies_id_seq as bigint;
create table companies (
  id bigint primary key default nextval('companies_id_seq'),
  slug text not null,
  name text not null,
  -- A demo company may be removed whole by "rapport demo remove".
  is_demo boolean not null default false,
  subscription_status text not null default 'active',
  subscription_plan text not null default 'self-hosted',
  subscription_ends_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  constraint companies_slug_key unique (slug),
  constraint companies_slug_check check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  constraint companies_subscription_status_check check (subscription_status in ('active', 'trialing', 'past_due', 'canceled', 'none'))
);

create sequence users_id_seq as bigint;
create table users (
  id bigint primary key default nextval('users_id_seq'),
  email text not null,
  password_hash text,
  first_name text not null default '',
  last_name text not null default '',
  disabled_at timestamptz(3),
  -- Tokens issued before this time are void: a password change or reset moves it.
  tokens_valid_from timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  constraint users_email_check check (email = lower(email) and email like '%@%')
);
create unique index users_email_key on users (email);

create table memberships (
  company_id bigint not null references companies (id) on delete cascade,
  user_id bigint not null references users (id) on delete cascade,
  role text not null,
  -- Sign-in without a company's name leads to the company last used; null everywhere means that nobody took possession yet.
  last_signed_in_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, user_id),
  constraint memberships_role_check check (role in ('admin', 'manager', 'salesperson', 'secretariat'))
);
-- Sign-in starts from the user and looks for the companies.
create index memberships_user_id_idx on memberships (user_id);

create table refresh_tokens (
  token_hash bytea primary key,
  -- All tokens that grew out of one sign-in; the reuse of a spent one revokes them together.
  family_id uuid not null,
  user_id bigint not null references users (id) on delete cascade,
  company_id bigint not null references companies (id) on delete cascade,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  revoked_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create index refresh_tokens_family_id_idx on refresh_tokens (family_id);
create index refresh_tokens_user_id_idx on refresh_tokens (user_id);
create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);

-- Browser sessions: an opaque cookie, kept hashed.
create table sessions (
  token_hash bytea primary key,
  user_id bigint not null references users (id) on delete cascade,
  company_id bigint not null references companies (id) on delete cascade,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index sessions_user_id_idx on sessions (user_id);
create index sessions_expires_at_idx on sessions (expires_at);

-- One-time links: first sign-in, password reset.
create table sign_in_tokens (
  token_hash bytea primary key,
  user_id bigint not null references users (id) on delete cascade,
  company_id bigint not null references companies (id) on delete cascade,
  purpose text not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  constraint sign_in_tokens_purpose_check check (purpose in ('sign_in', 'password_reset'))
);
create index sign_in_tokens_user_id_idx on sign_in_tokens (user_id);

create sequence invitations_id_seq as bigint;
create table invitations (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('invitations_id_seq'),
  email text not null,
  role text not null,
  token_hash bytea not null,
  invited_by bigint references users (id) on delete set null,
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint invitations_role_check check (role in ('admin', 'manager', 'salesperson', 'secretariat'))
);
-- An invitation link carries only its token.
create unique index invitations_token_hash_key on invitations (token_hash);

create sequence api_keys_id_seq as bigint;
create table api_keys (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('api_keys_id_seq'),
  name text not null,
  -- The first characters, shown so that a person recognises the key.
  prefix text not null,
  key_hash bytea not null,
  role text not null,
  scopes text[] not null default '{}',
  created_by bigint references users (id) on delete set null,
  last_used_at timestamptz(3),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint api_keys_role_check check (role in ('admin', 'manager', 'salesperson', 'secretariat'))
);
-- A request carries only the key; the hash leads to its company.
create unique index api_keys_key_hash_key on api_keys (key_hash);

create table company_settings (
  company_id bigint primary key references companies (id) on delete cascade,
  time_zone text not null default 'UTC',
  currency text not null default 'USD',
  locale text not null default 'en',
  default_country text,
  -- Which steps of the new-lead workflow run by themselves.
  intake_profile boolean not null default true,
  intake_score boolean not null default true,
  intake_task boolean not null default true,
  intake_notify boolean not null default true,
  intake_deal boolean not null default true,
  -- Requests per minute and credential over all surfaces.
  api_requests_per_minute integer not null default 300000,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  constraint company_settings_currency_check check (currency ~ '^[A-Z]{3}$')
);

-- A per-company counter, taken in ranges by bulk work: LEAD-001 and its like.
create table company_counters (
  company_id bigint not null references companies (id) on delete cascade,
  name text not null,
  last_value bigint not null default 0,
  primary key (company_id, name)
);

-- Fixed windows, counted by every process together. Instance-wide, because sign-in is limited before a company is known.
create unlogged table rate_limits (
  key text not null,
  window_starts_at timestamptz(3) not null,
  used integer not null default 0,
  expires_at timestamptz(3) not null,
  primary key (key, window_starts_at)
);
create index rate_limits_expires_at_idx on rate_limits (expires_at);
