-- What is to do and what happened.
create sequence tasks_id_seq as bigint;
create table tasks (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('tasks_id_seq'),
  contact_id bigint,
  deal_id bigint,
  lead_id bigint,
  title text not null,
  description text,
  task_type text not null default 'follow_up',
  priority text not null default 'medium',
  status text not null default 'todo',
  due_at timestamptz(3),
  assignee_user_id bigint,
  origin_key text,
  completed_at timestamptz(3),
  outcome text,
  -- Set when the due date was announced; a moved due date clears it.
  reminded_at timestamptz(3),
  version integer not null default 1,
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint tasks_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint tasks_company_id_deal_id_fkey foreign key (company_id, deal_id)
    references deals (company_id, id) on delete set null (deal_id),
  constraint tasks_company_id_lead_id_fkey foreign key (company_id, lead_id)
    references leads (company_id, id) on delete set null (lead_id),
  constraint tasks_company_id_assignee_user_id_fkey foreign key (company_id, assignee_user_id)
    references memberships (company_id, user_id) on delete set null (assignee_user_id),
  constraint tasks_status_check check (status in ('backlog', 'todo', 'in_progress', 'done', 'cancelled', 'missed')),
  constraint tasks_priority_check check (priority in ('urgent', 'high', 'medium', 'low'))
);
create unique index tasks_company_id_origin_key_key on tasks (company_id, origin_key) where origin_key is not null;
-- Open tasks, next due first; overdue ones are the beginning of the same range.
create index tasks_company_id_open_due_at_idx on tasks (company_id, due_at, id)
  where deleted_at is null and status in ('backlog', 'todo', 'in_progress');
-- All tasks, newest first.
create index tasks_company_id_created_at_idx on tasks (company_id, created_at desc, id desc) where deleted_at is null;
-- Completed ones, newest first.
create index tasks_company_id_completed_at_idx on tasks (company_id, completed_at desc, id desc) where deleted_at is null and status = 'done';
-- Missed ones, which count as overdue; without a due time last.
create index tasks_company_id_missed_idx on tasks (company_id, (coalesce(due_at, 'infinity'::timestamptz)), id)
  where deleted_at is null and status = 'missed';
-- Search by any part of the texts.
create index tasks_text_trgm_idx on tasks using gin (company_id, title gin_trgm_ops, description gin_trgm_ops) where deleted_at is null;
-- One person's tasks.
create index tasks_company_id_contact_id_idx on tasks (company_id, contact_id, created_at desc, id desc) where deleted_at is null;
create index tasks_company_id_deal_id_idx on tasks (company_id, deal_id) where deal_id is not null;
create index tasks_company_id_lead_id_idx on tasks (company_id, lead_id) where lead_id is not null;
-- Due dates not yet announced, over all companies: the reminder job's range.
create index tasks_reminder_idx on tasks (due_at)
  where reminded_at is null and deleted_at is null and status in ('backlog', 'todo', 'in_progress') and due_at is not null;

create sequence activities_id_seq as bigint;
create table activities (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('activities_id_seq'),
  contact_id bigint not null,
  deal_id bigint,
  lead_id bigint,
  task_id bigint,
  activity_type text not null,
  title text not null,
  description text,
  -- Exact, so that a duration in minutes comes back as it was written.
  duration_seconds numeric,
  outcome text,
  intents text[] not null default '{}',
  user_id bigint,
  occurred_at timestamptz(3) not null default now(),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint activities_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint activities_company_id_deal_id_fkey foreign key (company_id, deal_id)
    references deals (company_id, id) on delete set null (deal_id),
  constraint activities_company_id_lead_id_fkey foreign key (company_id, lead_id)
    references leads (company_id, id) on delete set null (lead_id),
  constraint activities_company_id_task_id_fkey foreign key (company_id, task_id)
    references tasks (company_id, id) on delete set null (task_id)
);
-- One person's activities, newest first.
create index activities_company_id_contact_id_idx on activities (company_id, contact_id, occurred_at desc, id desc) where deleted_at is null;
-- All, newest first.
create index activities_company_id_occurred_at_idx on activities (company_id, occurred_at desc, id desc) where deleted_at is null;
create index activities_company_id_deal_id_idx on activities (company_id, deal_id) where deal_id is not null;

create sequence notes_id_seq as bigint;
create table notes (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('notes_id_seq'),
  contact_id bigint,
  deal_id bigint,
  organization_id bigint,
  body text not null,
  user_id bigint,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint notes_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint notes_company_id_deal_id_fkey foreign key (company_id, deal_id)
    references deals (company_id, id) on delete cascade,
  constraint notes_company_id_organization_id_fkey foreign key (company_id, organization_id)
    references organizations (company_id, id) on delete cascade,
  constraint notes_subject_check check (num_nonnulls(contact_id, deal_id, organization_id) >= 1)
);
create index notes_company_id_created_at_idx on notes (company_id, created_at desc, id desc) where deleted_at is null;
create index notes_company_id_contact_id_idx on notes (company_id, contact_id, created_at desc, id desc) where deleted_at is null;
create index notes_company_id_deal_id_idx on notes (company_id, deal_id) where deal_id is not null;
create index notes_company_id_organization_id_idx on notes (company_id, organization_id) where organization_id is not null;

create sequence attachments_id_seq as bigint;
create table attachments (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('attachments_id_seq'),
  contact_id bigint,
  note_id bigint,
  deal_id bigint,
  filename text not null,
  mime_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  storage_key text not null,
  uploaded_by bigint,
  created_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint attachments_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint attachments_company_id_note_id_fkey foreign key (company_id, note_id)
    references notes (company_id, id) on delete cascade,
  constraint attachments_company_id_deal_id_fkey foreign key (company_id, deal_id)
    references deals (company_id, id) on delete cascade
);

create sequence notifications_id_seq as bigint;
create table notifications (
  company_id bigint not null,
  id bigint not null default nextval('notifications_id_seq'),
  user_id bigint not null,
  kind text not null,
  title text not null,
  body text not null default '',
  contact_id bigint,
  -- The event, task or lead it speaks of: one notification each, however often the step runs.
  dedupe_key text not null,
  created_at timestamptz(3) not null default now(),
  read_at timestamptz(3),
  primary key (company_id, id),
  constraint notifications_company_id_user_id_dedupe_key_key unique (company_id, user_id, dedupe_key),
  constraint notifications_company_id_user_id_fkey foreign key (company_id, user_id)
    references memberships (company_id, user_id) on delete cascade,
  constraint notifications_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade
);
create index notifications_company_id_user_id_idx on notifications (company_id, user_id, id desc);
create index notifications_unread_idx on notifications (company_id, user_id) where read_at is null;
