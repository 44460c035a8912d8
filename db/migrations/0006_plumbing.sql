-- The journal and the machinery around it.
create sequence events_id_seq as bigint;
create table events (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('events_id_seq'),
  type text not null,
  actor_kind text not null,
  actor_id bigint,
  contact_id bigint,
  subject_kind text not null,
  subject_id bigint not null,
  before jsonb,
  after jsonb,
  data jsonb not null default '{}',
  request_id text,
  -- Set where the same thing may be told twice: account webhooks.
  dedupe_key text,
  occurred_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  -- Lets a reader follow the journal without stepping over a transaction that is still open.
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (company_id, id),
  constraint events_actor_kind_check check (actor_kind in ('user', 'api_key', 'system', 'contact', 'open'))
);
create unique index events_company_id_dedupe_key_key on events (company_id, dedupe_key) where dedupe_key is not null;
-- A person's timeline. Merging people moves contact_id, nothing else of an event ever changes.
create index events_company_id_contact_id_idx on events (company_id, contact_id, occurred_at desc, id desc) where contact_id is not null;
-- One record's history.
create index events_company_id_subject_idx on events (company_id, subject_kind, subject_id, id desc);

create sequence webhook_endpoints_id_seq as bigint;
create table webhook_endpoints (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('webhook_endpoints_id_seq'),
  url text not null,
  event_types text[] not null default '{}',
  secret_sealed text not null,
  previous_secret_sealed text,
  previous_secret_until timestamptz(3),
  disabled_at timestamptz(3),
  disabled_reason text,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);

create sequence webhook_deliveries_id_seq as bigint;
create table webhook_deliveries (
  company_id bigint not null,
  id bigint not null default nextval('webhook_deliveries_id_seq'),
  endpoint_id bigint not null,
  event_id bigint not null,
  state text not null default 'queued',
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null default now(),
  lease_expires_at timestamptz(3),
  response_status integer,
  response_body text,
  error text,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  primary key (company_id, id),
  constraint webhook_deliveries_event_key unique (company_id, endpoint_id, event_id),
  constraint webhook_deliveries_company_id_endpoint_id_fkey foreign key (company_id, endpoint_id)
    references webhook_endpoints (company_id, id) on delete cascade,
  constraint webhook_deliveries_state_check check (state in ('queued', 'delivered', 'failed'))
);
create index webhook_deliveries_due_idx on webhook_deliveries (next_attempt_at, id) where state = 'queued';

create table idempotency_keys (
  company_id bigint not null references companies (id) on delete cascade,
  -- Scope: credential, method and path, hashed together with the key.
  key_hash bytea not null,
  fingerprint bytea not null,
  response_status integer,
  response_headers jsonb,
  response_body text,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  primary key (company_id, key_hash)
);
create index idempotency_keys_expires_at_idx on idempotency_keys (expires_at);

create sequence imports_id_seq as bigint;
create table imports (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('imports_id_seq'),
  entity text not null,
  filename text,
  mapping jsonb not null default '{}',
  state text not null default 'uploaded',
  counts jsonb not null default '{}',
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  undone_at timestamptz(3),
  primary key (company_id, id)
);

create table import_rows (
  company_id bigint not null,
  import_id bigint not null,
  row_number integer not null,
  input jsonb not null,
  result text,
  reason text,
  subject_id bigint,
  primary key (company_id, import_id, row_number),
  constraint import_rows_company_id_import_id_fkey foreign key (company_id, import_id)
    references imports (company_id, id) on delete cascade
);

create sequence change_sets_id_seq as bigint;
create table change_sets (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('change_sets_id_seq'),
  kind text not null,
  summary text not null,
  changes jsonb not null default '[]',
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  undone_at timestamptz(3),
  primary key (company_id, id)
);
