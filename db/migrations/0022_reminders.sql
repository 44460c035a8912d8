-- Reminders of visits, what people answer to them, and how a company wants both.
create table reminder_settings (
  company_id bigint primary key references companies (id) on delete cascade,
  enabled boolean not null default true,
  -- Minutes before a visit, each a reminder of its own.
  minutes_before integer[] not null default '{1440,120}',
  by_whatsapp boolean not null default true,
  by_email boolean not null default true,
  -- Template by language ("en", "pt_BR"); "*" for all others.
  templates jsonb not null default '{"*": "appointment_reminder"}',
  recovery_enabled boolean not null default false,
  recovery_after_minutes integer not null default 1440,
  recovery_templates jsonb not null default '{"*": "missed_appointment"}',
  rebooking_templates jsonb not null default '{"*": "time_for_a_visit"}',
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  constraint reminder_settings_minutes_before_check check (cardinality(minutes_before) <= 5 and 5 <= all (minutes_before)
    and 43200 >= all (minutes_before)),
  constraint reminder_settings_recovery_after_minutes_check check (recovery_after_minutes between 0 and 43200)
);

create sequence appointment_reminders_id_seq as bigint;
create table appointment_reminders (
  company_id bigint not null,
  id bigint not null default nextval('appointment_reminders_id_seq'),
  appointment_id bigint not null,
  -- 'recovery': after a visit that was missed.
  kind text not null,
  minutes_before integer not null default 0,
  -- The visit's time when this was written: a reminder of another time is not sent.
  starts_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  state text not null default 'waiting',
  attempts smallint not null default 0,
  settled_at timestamptz(3),
  -- What reminded the person, and how: 'whatsapp' or 'email'.
  message_id bigint,
  sent_by text,
  -- Why nobody was reminded, in words.
  reason text,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint appointment_reminders_company_id_appointment_id_fkey foreign key (company_id, appointment_id)
    references appointments (company_id, id) on delete cascade,
  constraint appointment_reminders_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete set null (message_id),
  constraint appointment_reminders_kind_check check (kind in ('reminder', 'recovery')),
  constraint appointment_reminders_state_check check (state in ('waiting', 'queued', 'dropped', 'failed'))
);
-- One of a kind for each time that a visit has: a visit that is moved away and back reminds nobody twice. Also a visit's own list.
create unique index appointment_reminders_once_key on appointment_reminders (company_id, appointment_id, minutes_before, starts_at)
  where kind = 'reminder';
-- A missed visit is followed once, however often its end is taken back.
create unique index appointment_reminders_recovery_key on appointment_reminders (company_id, appointment_id) where kind = 'recovery';
-- What is due now, over all companies: the dispatcher's one question.
create index appointment_reminders_due_at_idx on appointment_reminders (due_at, company_id, id) where state = 'waiting';
-- Whether a message that somebody answers was a reminder.
create index appointment_reminders_company_id_message_id_idx on appointment_reminders (company_id, message_id) where message_id is not null;

create table reminder_answers (
  company_id bigint not null,
  -- The message that answers.
  message_id bigint not null,
  conversation_id bigint not null,
  appointment_id bigint not null,
  -- {kind: 'confirm' | 'reschedule' | 'again' | 'move' | 'book' | 'other', …}
  answer jsonb not null,
  attempts smallint not null default 0,
  due_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, message_id),
  constraint reminder_answers_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade,
  constraint reminder_answers_company_id_appointment_id_fkey foreign key (company_id, appointment_id)
    references appointments (company_id, id) on delete cascade
);
-- What is to be followed, over all companies; rows are deleted with what followed.
create index reminder_answers_due_at_idx on reminder_answers (due_at);

-- After this the message is pointless and is cancelled instead of sent.
alter table outbound_sends add column expires_at timestamptz(3);

-- When a provider is taken, for free slots: in order, and without a look at the rows (the exclusion constraint's GiST index took 20 ms for
-- 20 providers and 30 days where this takes 4).
create index appointments_busy_idx on appointments (company_id, provider_id, starts_at) include (busy_until, id)
  where status in ('booked', 'confirmed', 'completed') and deleted_at is null;
