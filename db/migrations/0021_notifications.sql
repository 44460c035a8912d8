-- Notifications by their ways: in the app, by mail, by push; each at its time and once.
alter table notifications
  -- What it speaks of, to be opened.
  add column subject_kind text,
  add column subject_id bigint,
  -- When that takes place or falls due.
  add column happens_at timestamptz(3),
  -- The ways it goes, as its reader wanted when it was written.
  add column in_app boolean not null default true,
  add column email text not null default 'off',
  add column push boolean not null default false,
  -- Live, mail and push know of it. What is there already is old news.
  add column told_at timestamptz(3) default now(),
  add column mail_id bigint,
  add constraint notifications_email_check check (email in ('off', 'digest', 'immediately'));
alter table notifications alter column told_at drop default;
-- The teller's queue, over all companies: nearly always empty.
create index notifications_untold_idx on notifications (id) where told_at is null;
-- What a member's next mail is to contain.
create index notifications_unmailed_idx on notifications (company_id, user_id, id)
  where email <> 'off' and mail_id is null and read_at is null;
-- What one mail contained.
create index notifications_company_id_mail_id_idx on notifications (company_id, mail_id) where mail_id is not null;
-- What the sweep drops. A range of blocks is enough for that, and costs an insert nothing.
create index notifications_created_at_idx on notifications using brin (created_at);

create table notification_settings (
  company_id bigint not null,
  user_id bigint not null,
  -- The company's where null.
  time_zone text,
  -- Minutes of the local day; over midnight where the end is before the beginning.
  quiet_from smallint,
  quiet_until smallint,
  digest_at smallint not null default 480,
  -- {kind: {inApp, email, push}}, only where it differs from what is usual.
  ways jsonb not null default '{}',
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, user_id),
  constraint notification_settings_company_id_user_id_fkey foreign key (company_id, user_id)
    references memberships (company_id, user_id) on delete cascade,
  constraint notification_settings_minutes_check check (digest_at between 0 and 1439 and quiet_from between 0 and 1439
    and quiet_until between 0 and 1439 and (quiet_from is null) = (quiet_until is null))
);

create sequence notification_mails_id_seq as bigint;
create table notification_mails (
  company_id bigint not null,
  id bigint not null default nextval('notification_mails_id_seq'),
  user_id bigint not null,
  cadence text not null,
  state text not null default 'queued',
  -- When it is to go; while it is being sent, when its sender counts as dead.
  due_at timestamptz(3) not null,
  attempts smallint not null default 0,
  error text,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  primary key (company_id, id),
  constraint notification_mails_company_id_user_id_fkey foreign key (company_id, user_id)
    references memberships (company_id, user_id) on delete cascade,
  constraint notification_mails_cadence_check check (cadence in ('digest', 'immediately')),
  constraint notification_mails_state_check check (state in ('queued', 'sending', 'sent', 'skipped', 'failed', 'unknown'))
);
-- One waits for each member and cadence; what comes meanwhile goes along.
create unique index notification_mails_waiting_key on notification_mails (company_id, user_id, cadence)
  where state = 'queued' and attempts = 0;
-- The queue, over all companies.
create index notification_mails_due_at_idx on notification_mails (due_at) where state in ('queued', 'sending');
-- What the sweep drops.
create index notification_mails_finished_at_idx on notification_mails (finished_at) where finished_at is not null;
alter table notifications
  add constraint notifications_company_id_mail_id_fkey foreign key (company_id, mail_id)
    references notification_mails (company_id, id) on delete set null (mail_id);

create sequence push_subscriptions_id_seq as bigint;
create table push_subscriptions (
  company_id bigint not null,
  id bigint not null default nextval('push_subscriptions_id_seq'),
  user_id bigint not null,
  endpoint text not null,
  endpoint_hash bytea not null,
  -- The browser's key, and the secret it shares with us.
  p256dh text not null,
  auth text not null,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  last_sent_at timestamptz(3),
  primary key (company_id, id),
  constraint push_subscriptions_company_id_endpoint_hash_key unique (company_id, endpoint_hash),
  constraint push_subscriptions_company_id_user_id_fkey foreign key (company_id, user_id)
    references memberships (company_id, user_id) on delete cascade
);
-- A member's browsers.
create index push_subscriptions_company_id_user_id_idx on push_subscriptions (company_id, user_id);
-- A browser belongs to whoever signed in last, in whatever company.
create index push_subscriptions_endpoint_hash_idx on push_subscriptions (endpoint_hash);

create sequence push_sends_id_seq as bigint;
create table push_sends (
  company_id bigint not null,
  id bigint not null default nextval('push_sends_id_seq'),
  subscription_id bigint not null,
  notification_id bigint not null,
  -- How many more it speaks for: a storm is one push.
  further integer not null default 0,
  state text not null default 'queued',
  -- When it is to go; while it is being sent, when its sender counts as dead.
  due_at timestamptz(3) not null,
  attempts smallint not null default 0,
  error text,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  primary key (company_id, id),
  constraint push_sends_company_id_subscription_id_key unique (company_id, subscription_id, notification_id),
  constraint push_sends_company_id_subscription_id_fkey foreign key (company_id, subscription_id)
    references push_subscriptions (company_id, id) on delete cascade,
  constraint push_sends_company_id_notification_id_fkey foreign key (company_id, notification_id)
    references notifications (company_id, id) on delete cascade,
  constraint push_sends_state_check check (state in ('queued', 'sending', 'sent', 'dropped', 'failed'))
);
-- The queue, over all companies.
create index push_sends_due_at_idx on push_sends (due_at) where state in ('queued', 'sending');
-- Goes with its notification.
create index push_sends_company_id_notification_id_idx on push_sends (company_id, notification_id);

alter table tasks
  -- The due time that was told of before it came; a moved one is told of anew.
  add column warned_for timestamptz(3);

alter table appointments
  -- The time for which whoever receives the person was told to prepare; a moved visit is told of anew.
  add column announced_for timestamptz(3);
-- Visits to come of which nobody was told, over all companies.
create index appointments_announce_idx on appointments (starts_at)
  where announced_for is distinct from starts_at and status in ('booked', 'confirmed') and deleted_at is null;

-- Notifications tell of what happens from now on.
insert into journal_cursors (name, transaction_id) values ('notifications', pg_snapshot_xmin(pg_current_snapshot()));
