-- What is said and done with people, told once for all surfaces: calls, mails, notes and meetings are activities; a note or a message that
-- has a row of its own is pointed at.
alter table notes
  add column title text not null default '',
  add column lead_id bigint,
  -- Members named in it.
  add column mentions bigint[] not null default '{}',
  add constraint notes_company_id_lead_id_fkey foreign key (company_id, lead_id)
    references leads (company_id, id) on delete set null (lead_id);
-- One lead's notes, newest first; and those that were deleted with it.
create index notes_company_id_lead_id_idx on notes (company_id, lead_id, created_at desc, id desc) where lead_id is not null;

alter table activities
  add column direction text,
  add column status text,
  -- A call or a meeting that is to come.
  add column scheduled_at timestamptz(3),
  -- Who spoke with whom, as the caller of the API wrote it; and on which number.
  add column from_name text,
  add column to_name text,
  add column phone text,
  add column recording_url text,
  add column metadata jsonb not null default '{}',
  add column note_id bigint,
  add column message_id bigint,
  -- Set when a planned call was announced; a moved one is announced again.
  add column reminded_at timestamptz(3),
  add constraint activities_company_id_note_id_fkey foreign key (company_id, note_id)
    references notes (company_id, id) on delete cascade,
  add constraint activities_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade,
  add constraint activities_direction_check check (direction in ('incoming', 'outgoing', 'missed')),
  add constraint activities_status_check check
    (status in ('completed', 'missed', 'no_answer', 'voicemail', 'busy', 'failed', 'scheduled', 'cancelled'));
-- One note, one message: one activity.
create unique index activities_company_id_note_id_key on activities (company_id, note_id) where note_id is not null;
create unique index activities_company_id_message_id_key on activities (company_id, message_id) where message_id is not null;
-- One lead's calls, mails and notes, newest first; and those that were deleted with it.
create index activities_company_id_lead_id_idx on activities (company_id, lead_id, occurred_at desc, id desc)
  where lead_id is not null;
-- What one member did in a time: their analytics.
create index activities_company_id_user_id_idx on activities (company_id, user_id, occurred_at)
  where user_id is not null and deleted_at is null;
-- Planned calls and meetings, over all companies: the reminder job's range.
create index activities_scheduled_at_idx on activities (scheduled_at)
  where status = 'scheduled' and reminded_at is null and deleted_at is null;

alter table tasks
  -- A name that is no member's.
  add column assigned_name text,
  add column metadata jsonb not null default '{}';
-- One member's open tasks, next due first.
create index tasks_company_id_assignee_user_id_idx on tasks (company_id, assignee_user_id, due_at, id)
  where assignee_user_id is not null and deleted_at is null;

create sequence contact_tags_id_seq as bigint;
alter table contact_tags
  add column id bigint not null default nextval('contact_tags_id_seq'),
  add constraint contact_tags_company_id_id_key unique (company_id, id);

-- What a lead says of itself beyond the person (whose position is the lead's job title) and the organization.
alter table leads
  add column salutation text not null default '',
  add column gender text not null default '',
  add column website text not null default '',
  add column industry text not null default '',
  add column employees text not null default '',
  add column annual_revenue numeric,
  add column territory text not null default '',
  add column notes text not null default '',
  add column estimated_value numeric,
  add column metadata jsonb not null default '{}',
  add column created_by bigint,
  -- How long the lead's story is: that it was made, and what the triggers below count. Lists show it without counting.
  add column activity_count integer not null default 1,
  add column converted_at timestamptz(3),
  add column converted_by bigint,
  add column converted_deal_id bigint,
  add constraint leads_company_id_converted_deal_id_fkey foreign key (company_id, converted_deal_id)
    references deals (company_id, id) on delete set null (converted_deal_id);
-- One member's leads, newest first.
create index leads_company_id_owner_user_id_idx on leads (company_id, owner_user_id, created_at desc, id desc)
  where owner_user_id is not null and deleted_at is null;
-- The leads of an owner who is no member, newest first.
create index leads_company_id_owner_name_idx on leads (company_id, owner_name, created_at desc, id desc)
  where owner_name is not null and deleted_at is null;
-- The leads from one source, newest first.
create index leads_company_id_source_idx on leads (company_id, source, created_at desc, id desc)
  where source is not null and deleted_at is null;
create index leads_company_id_converted_deal_id_idx on leads (company_id, converted_deal_id) where converted_deal_id is not null;

-- What is done with a person who is being pursued is done in that pursuit, on whichever surface: who names no lead means the open one.
create function take_open_lead() returns trigger language plpgsql as $$
begin
  new.lead_id := (
    select id from leads
    where company_id = new.company_id and contact_id = new.contact_id and closed_at is null and deleted_at is null);
  return new;
end $$;
create trigger activities_take_open_lead before insert on activities
  for each row when (new.lead_id is null) execute function take_open_lead();
create trigger notes_take_open_lead before insert on notes
  for each row when (new.lead_id is null and new.contact_id is not null) execute function take_open_lead();
create trigger tasks_take_open_lead before insert on tasks
  for each row when (new.lead_id is null and new.contact_id is not null) execute function take_open_lead();

-- Kept by triggers, so that no writer can forget it. Row by row: each is one look at the key, whatever the planner knows of the tables.
create function lead_story_grew() returns trigger language plpgsql as $$
begin
  update leads set activity_count = activity_count + 1 where company_id = new.company_id and id = new.lead_id;
  return null;
end $$;
create trigger activities_lead_story_grew after insert on activities
  for each row when (new.lead_id is not null and new.deleted_at is null) execute function lead_story_grew();
create trigger tasks_lead_story_grew after insert on tasks
  for each row when (new.lead_id is not null and new.deleted_at is null) execute function lead_story_grew();
-- The first stage is the lead's making.
create trigger lead_stage_changes_lead_story_grew after insert on lead_stage_changes
  for each row when (new.from_stage is not null) execute function lead_story_grew();

create function lead_story_changed() returns trigger language plpgsql as $$
begin
  if old.lead_id is not null and old.deleted_at is null then
    update leads set activity_count = activity_count - 1 where company_id = old.company_id and id = old.lead_id;
  end if;
  if new.lead_id is not null and new.deleted_at is null then
    update leads set activity_count = activity_count + 1 where company_id = new.company_id and id = new.lead_id;
  end if;
  return null;
end $$;
create trigger activities_lead_story_changed after update of lead_id, deleted_at on activities
  for each row when (old.lead_id is distinct from new.lead_id or old.deleted_at is distinct from new.deleted_at)
  execute function lead_story_changed();
create trigger tasks_lead_story_changed after update of lead_id, deleted_at on tasks
  for each row when (old.lead_id is distinct from new.lead_id or old.deleted_at is distinct from new.deleted_at)
  execute function lead_story_changed();
