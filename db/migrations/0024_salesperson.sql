-- A note on a person and its activity are one thing told twice. What was written before they were paired is paired here.
insert into activities (company_id, contact_id, deal_id, lead_id, activity_type, title, description, note_id, user_id, occurred_at,
  created_at, updated_at, deleted_at)
select n.company_id, n.contact_id, n.deal_id, n.lead_id, 'note',
  left(split_part(btrim(n.body, E' \t\r\n'), E'\n', 1), 100), case when length(n.body) > 100 or n.body like E'%\n%' then n.body end,
  n.id, n.user_id, n.created_at, n.created_at, n.updated_at, n.deleted_at
from notes n
where n.contact_id is not null and not exists (
  select from activities a where a.company_id = n.company_id and a.note_id = n.id
);

do $$
declare
  lone record;
  written bigint;
begin
  for lone in select company_id, id, contact_id, deal_id, lead_id, title, coalesce(description, '') as description, user_id, occurred_at,
      updated_at, deleted_at
    from activities where activity_type = 'note' and note_id is null order by company_id, id
  loop
    insert into notes (company_id, contact_id, deal_id, lead_id, title, body, user_id, created_at, updated_at, deleted_at)
    values (lone.company_id, lone.contact_id, lone.deal_id, lone.lead_id,
      case when btrim(lone.description) = '' then '' else lone.title end,
      case when btrim(lone.description) = '' then lone.title else lone.description end,
      lone.user_id, lone.occurred_at, lone.updated_at, lone.deleted_at)
    returning id into written;
    update activities set note_id = written where company_id = lone.company_id and id = lone.id;
  end loop;
end $$;


-- Actions of every state by due date, over the company and in one state; the member's own have an index since 0018.
create index tasks_company_id_due_at_idx on tasks (company_id, due_at, id) where deleted_at is null;
create index tasks_company_id_status_idx on tasks (company_id, status, due_at, id) where deleted_at is null;
-- Cancelled ones, newest first; the index of states would have to sort them all.
create index tasks_company_id_cancelled_idx on tasks (company_id, created_at desc, id desc) where deleted_at is null and status = 'cancelled';

-- How many have come at all, and how many again: counted from the index alone.
create index customer_records_came_idx on customer_records (company_id, appointments_completed) where appointments_completed >= 1;
-- Whom to leave out of such a count.
create index contacts_company_id_deleted_idx on contacts (company_id, id) where deleted_at is not null;
-- What one member's customers spent in a time, without a look at the visits themselves.
create index appointments_company_id_contact_id_completed_idx on appointments (company_id, contact_id, starts_at) include (amount)
  where status = 'completed' and deleted_at is null;

-- What a salesperson's analytics read: counts by member and day (UTC), kept by triggers in the transaction of the change, in the slots of
-- 0009, so that writers do not wait for each other. What nobody of the house did, and all revenue, stands under member 0.
create table sales_days (
  company_id bigint not null,
  on_day date not null,
  user_id bigint not null,
  slot smallint not null,
  communications bigint not null default 0,
  calls bigint not null default 0,
  missed_calls bigint not null default 0,
  emails bigint not null default 0,
  actions bigint not null default 0,
  actions_pending bigint not null default 0,
  actions_completed bigint not null default 0,
  actions_missed bigint not null default 0,
  revenue numeric not null default 0,
  constraint sales_days_pkey primary key (company_id, on_day, user_id, slot),
  constraint sales_days_company_id_fkey foreign key (company_id) references companies (id) on delete cascade
) with (fillfactor = 70);

create type sales_fact as (
  company_id bigint, on_day date, user_id bigint, communications bigint, calls bigint, missed_calls bigint, emails bigint, actions bigint,
  actions_pending bigint, actions_completed bigint, actions_missed bigint, revenue numeric
);

-- What one row counts, n times; nothing where it is deleted.
create function activity_sold(company bigint, at timestamptz, member bigint, kind text, direction text, status text, deleted_at timestamptz,
  n integer) returns sales_fact language sql immutable parallel safe
return case when deleted_at is null then row(
  company, (at at time zone 'UTC')::date, coalesce(member, 0), n, n * (kind = 'call')::int,
  n * (kind = 'call' and (coalesce(direction, '') = 'missed' or coalesce(status, '') = 'missed'))::int, n * (kind = 'email')::int,
  0, 0, 0, 0, 0
)::sales_fact end;

create function task_sold(company bigint, at timestamptz, member bigint, status text, deleted_at timestamptz, n integer)
  returns sales_fact language sql immutable parallel safe
return case when deleted_at is null then row(
  company, (at at time zone 'UTC')::date, coalesce(member, 0), 0, 0, 0, 0, n, n * (status in ('backlog', 'todo', 'in_progress'))::int,
  n * (status = 'done')::int, n * (status = 'missed')::int, 0
)::sales_fact end;

create function appointment_sold(company bigint, at timestamptz, amount numeric, status text, deleted_at timestamptz, n integer)
  returns sales_fact language sql immutable parallel safe
return case when deleted_at is null and status = 'completed' then row(
  company, (at at time zone 'UTC')::date, 0, 0, 0, 0, 0, 0, 0, 0, 0, n * amount
)::sales_fact end;

create function count_sales(changed sales_fact[]) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into sales_days as t (company_id, on_day, user_id, slot, communications, calls, missed_calls, emails, actions, actions_pending,
    actions_completed, actions_missed, revenue)
  select n.company_id, n.on_day, n.user_id, rollup_slot(n.company_id), n.communications, n.calls, n.missed_calls, n.emails, n.actions,
    n.actions_pending, n.actions_completed, n.actions_missed, n.revenue
  from (
    select company_id, on_day, user_id, sum(communications) as communications, sum(calls) as calls, sum(missed_calls) as missed_calls,
      sum(emails) as emails, sum(actions) as actions, sum(actions_pending) as actions_pending, sum(actions_completed) as actions_completed,
      sum(actions_missed) as actions_missed, sum(revenue) as revenue
    from unnest(changed) f where f.company_id is not null group by company_id, on_day, user_id
  ) n
  where (n.communications, n.calls, n.missed_calls, n.emails, n.actions, n.actions_pending, n.actions_completed, n.actions_missed,
    n.revenue)
      <> (0, 0, 0, 0, 0, 0, 0, 0, 0)
    and exists (select from companies c where c.id = n.company_id)
  order by n.company_id, n.on_day, n.user_id
  on conflict (company_id, on_day, user_id, slot) do update set communications = t.communications + excluded.communications,
    calls = t.calls + excluded.calls, missed_calls = t.missed_calls + excluded.missed_calls, emails = t.emails + excluded.emails,
    actions = t.actions + excluded.actions, actions_pending = t.actions_pending + excluded.actions_pending,
    actions_completed = t.actions_completed + excluded.actions_completed, actions_missed = t.actions_missed + excluded.actions_missed,
    revenue = t.revenue + excluded.revenue;
end $$;

create function activities_sold() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then perform count_sales(array(select activity_sold(r.company_id, r.occurred_at, r.user_id, r.activity_type,
    r.direction, r.status, r.deleted_at, 1) from new_rows r));
  else perform count_sales(array(select activity_sold(r.company_id, r.occurred_at, r.user_id, r.activity_type, r.direction, r.status,
    r.deleted_at, -1) from old_rows r)); end if;
  return null;
end $$;
create trigger activities_sold_insert after insert on activities
  referencing new table as new_rows for each statement execute function activities_sold();
create trigger activities_sold_delete after delete on activities
  referencing old table as old_rows for each statement execute function activities_sold();
create function activities_resold() returns trigger language plpgsql as $$
begin
  perform count_sales(array[activity_sold(old.company_id, old.occurred_at, old.user_id, old.activity_type, old.direction, old.status,
    old.deleted_at, -1), activity_sold(new.company_id, new.occurred_at, new.user_id, new.activity_type, new.direction, new.status,
    new.deleted_at, 1)]);
  return null;
end $$;
create trigger activities_resold after update of occurred_at, user_id, activity_type, direction, status, deleted_at on activities
  for each row when (old.occurred_at is distinct from new.occurred_at or old.user_id is distinct from new.user_id or old.activity_type
    is distinct from new.activity_type or old.direction is distinct from new.direction or old.status is distinct from new.status or
    old.deleted_at is distinct from new.deleted_at)
  execute function activities_resold();

create function tasks_sold() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then perform count_sales(array(select task_sold(r.company_id, r.created_at, r.assignee_user_id, r.status,
    r.deleted_at, 1) from new_rows r));
  else perform count_sales(array(select task_sold(r.company_id, r.created_at, r.assignee_user_id, r.status, r.deleted_at, -1) from
    old_rows r)); end if;
  return null;
end $$;
create trigger tasks_sold_insert after insert on tasks
  referencing new table as new_rows for each statement execute function tasks_sold();
create trigger tasks_sold_delete after delete on tasks
  referencing old table as old_rows for each statement execute function tasks_sold();
create function tasks_resold() returns trigger language plpgsql as $$
begin
  perform count_sales(array[task_sold(old.company_id, old.created_at, old.assignee_user_id, old.status, old.deleted_at, -1),
    task_sold(new.company_id, new.created_at, new.assignee_user_id, new.status, new.deleted_at, 1)]);
  return null;
end $$;
create trigger tasks_resold after update of assignee_user_id, status, deleted_at on tasks
  for each row when (old.assignee_user_id is distinct from new.assignee_user_id or old.status is distinct from new.status or
    old.deleted_at is distinct from new.deleted_at)
  execute function tasks_resold();

create function appointments_sold() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then perform count_sales(array(select appointment_sold(r.company_id, r.starts_at, r.amount, r.status,
    r.deleted_at, 1) from new_rows r));
  else perform count_sales(array(select appointment_sold(r.company_id, r.starts_at, r.amount, r.status, r.deleted_at, -1) from old_rows
    r)); end if;
  return null;
end $$;
create trigger appointments_sold_insert after insert on appointments
  referencing new table as new_rows for each statement execute function appointments_sold();
create trigger appointments_sold_delete after delete on appointments
  referencing old table as old_rows for each statement execute function appointments_sold();
create function appointments_resold() returns trigger language plpgsql as $$
begin
  perform count_sales(array[appointment_sold(old.company_id, old.starts_at, old.amount, old.status, old.deleted_at, -1),
    appointment_sold(new.company_id, new.starts_at, new.amount, new.status, new.deleted_at, 1)]);
  return null;
end $$;
create trigger appointments_resold after update of starts_at, amount, status, deleted_at on appointments
  for each row when (old.starts_at is distinct from new.starts_at or old.amount is distinct from new.amount or old.status is distinct
    from new.status or old.deleted_at is distinct from new.deleted_at)
  execute function appointments_resold();

-- What the tables themselves say, less what is kept.
create view sales_days_missing as
select company_id, on_day, user_id, sum(communications) as communications, sum(calls) as calls, sum(missed_calls) as missed_calls,
  sum(emails) as emails, sum(actions) as actions, sum(actions_pending) as actions_pending, sum(actions_completed) as actions_completed,
  sum(actions_missed) as actions_missed, sum(revenue) as revenue
from (
  select (f).* from (select activity_sold(r.company_id, r.occurred_at, r.user_id, r.activity_type, r.direction, r.status, r.deleted_at,
    1) as f from activities r offset 0) activities
  union all
  select (f).* from (select task_sold(r.company_id, r.created_at, r.assignee_user_id, r.status, r.deleted_at, 1) as f from tasks r
    offset 0) tasks
  union all
  select (f).* from (select appointment_sold(r.company_id, r.starts_at, r.amount, r.status, r.deleted_at, 1) as f from appointments r
    offset 0) appointments
  union all
  select company_id, on_day, user_id, -communications, -calls, -missed_calls, -emails, -actions, -actions_pending, -actions_completed,
    -actions_missed, -revenue from sales_days
) d
where company_id is not null
group by company_id, on_day, user_id
having sum(communications) <> 0 or sum(calls) <> 0 or sum(missed_calls) <> 0 or sum(emails) <> 0 or sum(actions) <> 0 or
  sum(actions_pending) <> 0 or sum(actions_completed) <> 0 or sum(actions_missed) <> 0 or sum(revenue) <> 0;

create function rebuild_sales_days(company bigint) returns void language sql as $$
  insert into sales_days as t (company_id, on_day, user_id, slot, communications, calls, missed_calls, emails, actions, actions_pending,
    actions_completed, actions_missed, revenue)
  select company_id, on_day, user_id, 0, communications, calls, missed_calls, emails, actions, actions_pending, actions_completed,
    actions_missed, revenue
  from sales_days_missing where company_id = company
  on conflict (company_id, on_day, user_id, slot) do update set communications = t.communications + excluded.communications, calls =
    t.calls + excluded.calls, missed_calls = t.missed_calls + excluded.missed_calls, emails = t.emails + excluded.emails, actions =
    t.actions + excluded.actions, actions_pending = t.actions_pending + excluded.actions_pending, actions_completed = t.actions_completed
    + excluded.actions_completed, actions_missed = t.actions_missed + excluded.actions_missed, revenue = t.revenue + excluded.revenue
$$;

-- What there is already.
select rebuild_sales_days(id) from companies;
