-- Whose customer somebody is, beside what the lists of customers go by: one owner's list runs along its own index instead of through
-- everybody's, and what an owner's customers spent is kept by day. Null while the person is deleted.
alter table customer_records add column owner_user_id bigint;
update customer_records r set owner_user_id = c.owner_user_id from contacts c
where c.company_id = r.company_id and c.id = r.contact_id and c.deleted_at is null and c.owner_user_id is not null;

-- One owner's customers, those who came most often first; and how many they are, counted from the index alone.
create index customer_records_owner_came_idx on customer_records (company_id, owner_user_id, appointments_completed desc, contact_id desc)
  where appointments_completed >= 1 and owner_user_id is not null;
-- One owner's customers whose time has come, and those whose time is over.
create index customer_records_owner_due_from_on_idx on customer_records (company_id, owner_user_id, due_from_on, contact_id)
  where due_from_on is not null and owner_user_id is not null;
create index customer_records_owner_due_until_on_idx on customer_records (company_id, owner_user_id, due_until_on, contact_id)
  where due_until_on is not null and owner_user_id is not null;

create function customer_record_take_owner() returns trigger language plpgsql as $$
begin
  -- Writers insert first and find that there is a record already: the person is not held for that.
  if exists (select from customer_records where company_id = new.company_id and contact_id = new.contact_id) then return new; end if;
  -- Held, so that who gives the person away meanwhile waits, and then finds the record.
  select case when deleted_at is null then owner_user_id end into new.owner_user_id from contacts
  where company_id = new.company_id and id = new.contact_id for no key update;
  return new;
end $$;
create trigger customer_record_take_owner before insert on customer_records
  for each row execute function customer_record_take_owner();

create function customer_record_follow_owner() returns trigger language plpgsql as $$
begin
  update customer_records set owner_user_id = case when new.deleted_at is null then new.owner_user_id end
  where company_id = new.company_id and contact_id = new.id;
  return null;
end $$;
create trigger customer_record_follow_owner after update of owner_user_id, deleted_at on contacts
  for each row when (old.owner_user_id is distinct from new.owner_user_id or (old.deleted_at is null) <> (new.deleted_at is null))
  execute function customer_record_follow_owner();

-- What an owner's customers spent by day (UTC), whoever owned them then: revenue goes with the person. In the slots of 0009.
create table owned_revenue_days (
  company_id bigint not null,
  owner_user_id bigint not null,
  on_day date not null,
  slot smallint not null,
  revenue numeric not null default 0,
  constraint owned_revenue_days_pkey primary key (company_id, owner_user_id, on_day, slot),
  constraint owned_revenue_days_company_id_fkey foreign key (company_id) references companies (id) on delete cascade
) with (fillfactor = 70);

create type owned_revenue_fact as (company_id bigint, owner_user_id bigint, at timestamptz, revenue numeric);

create function count_owned_revenue(changed owned_revenue_fact[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan as $$
begin
  insert into owned_revenue_days as t (company_id, owner_user_id, on_day, slot, revenue)
  select n.company_id, n.owner_user_id, n.on_day, rollup_slot(n.company_id), n.revenue
  from (
    select company_id, owner_user_id, (at at time zone 'UTC')::date as on_day, sum(revenue) as revenue
    from unnest(changed) f where owner_user_id is not null group by company_id, owner_user_id, on_day
  ) n
  where n.revenue <> 0 and exists (select from companies c where c.id = n.company_id)
  order by n.company_id, n.owner_user_id, n.on_day
  on conflict (company_id, owner_user_id, on_day, slot) do update set revenue = t.revenue + excluded.revenue;
end $$;

-- Whoever changes visits holds the person's record (customers/lock-record.ts), and so does a change of owner: neither misses the other.
-- Row by row: each is one look at the key, whatever the planner knows of the tables; booking a visit fires none.
create function appointments_owned() returns trigger language plpgsql as $$
begin
  -- Most people of most companies are nobody's own.
  if tg_op <> 'UPDATE' and not exists (select from customer_records r where r.company_id = coalesce(new.company_id, old.company_id)
    and r.contact_id = coalesce(new.contact_id, old.contact_id) and r.owner_user_id is not null) then return old; end if;
  perform count_owned_revenue(array(
    select row(v.company_id, (select r.owner_user_id from customer_records r where r.company_id = v.company_id and r.contact_id = v.contact_id),
      v.starts_at, v.revenue)::owned_revenue_fact
    from (values
      (old.company_id, old.contact_id, old.starts_at, -old.amount, old.status, old.deleted_at),
      (new.company_id, new.contact_id, new.starts_at, new.amount, new.status, new.deleted_at)
    ) v (company_id, contact_id, starts_at, revenue, status, deleted_at)
    where v.status = 'completed' and v.deleted_at is null
  ));
  return old;
end $$;
create trigger appointments_owned_insert after insert on appointments
  for each row when (new.status = 'completed') execute function appointments_owned();
create trigger appointments_owned_update after update of contact_id, starts_at, amount, status, deleted_at on appointments
  for each row when ((old.status = 'completed' or new.status = 'completed') and
    (old.contact_id, old.starts_at, old.amount, old.status, old.deleted_at)
      is distinct from (new.contact_id, new.starts_at, new.amount, new.status, new.deleted_at))
  execute function appointments_owned();
-- Before: with a person both their visits and their record go, and what follows on each is put off until both are gone.
create trigger appointments_owned_delete before delete on appointments
  for each row when (old.status = 'completed') execute function appointments_owned();

create function customer_record_revenue_moves() returns trigger language plpgsql as $$
begin
  perform count_owned_revenue(array(
    select row(a.company_id, o.owner_user_id, a.starts_at, o.sign * a.amount)::owned_revenue_fact
    from appointments a cross join (values (old.owner_user_id, -1), (new.owner_user_id, 1)) o (owner_user_id, sign)
    where a.company_id = coalesce(new.company_id, old.company_id) and a.contact_id = coalesce(new.contact_id, old.contact_id)
      and a.status = 'completed' and a.deleted_at is null
  ));
  return old;
end $$;
create trigger customer_record_revenue_moves_insert after insert on customer_records
  for each row when (new.owner_user_id is not null) execute function customer_record_revenue_moves();
create trigger customer_record_revenue_moves_update after update of owner_user_id on customer_records
  for each row when (old.owner_user_id is distinct from new.owner_user_id) execute function customer_record_revenue_moves();
create trigger customer_record_revenue_moves_delete before delete on customer_records
  for each row when (old.owner_user_id is not null) execute function customer_record_revenue_moves();

-- What people and visits themselves say, less what is kept.
create view owned_revenue_missing as
select company_id, owner_user_id, on_day, sum(revenue) as revenue
from (
  select c.company_id, c.owner_user_id, (a.starts_at at time zone 'UTC')::date as on_day, a.amount as revenue
  from contacts c join appointments a on a.company_id = c.company_id and a.contact_id = c.id
  where c.owner_user_id is not null and c.deleted_at is null and a.status = 'completed' and a.deleted_at is null
  union all
  select company_id, owner_user_id, on_day, -revenue from owned_revenue_days
) d
group by company_id, owner_user_id, on_day
having sum(revenue) <> 0;

-- How many people came at all, and how many again, deleted ones too: counting them from an index took 14 ms among 100,000.
create table customer_counts (
  company_id bigint not null,
  slot smallint not null,
  came bigint not null default 0,
  came_again bigint not null default 0,
  constraint customer_counts_pkey primary key (company_id, slot),
  constraint customer_counts_company_id_fkey foreign key (company_id) references companies (id) on delete cascade
) with (fillfactor = 50);

create type customer_fact as (company_id bigint, completed integer, sign integer);

create function count_customers(changed customer_fact[]) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into customer_counts as t (company_id, slot, came, came_again)
  select n.company_id, rollup_slot(n.company_id), n.came, n.came_again
  from (
    select company_id, sum(sign) filter (where completed >= 1) as came, coalesce(sum(sign) filter (where completed >= 2), 0) as came_again
    from unnest(changed) f where completed >= 1 group by company_id
  ) n
  where (n.came, n.came_again) <> (0, 0) and exists (select from companies c where c.id = n.company_id)
  order by n.company_id
  on conflict (company_id, slot) do update set came = t.came + excluded.came, came_again = t.came_again + excluded.came_again;
end $$;

-- By statement: a recount of a thousand records would write the one row a thousand times, each time past all versions before (1.3 ms).
create function customer_records_counted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform count_customers(array(select row(company_id, appointments_completed, 1)::customer_fact from new_rows));
  elsif tg_op = 'DELETE' then
    perform count_customers(array(select row(company_id, appointments_completed, -1)::customer_fact from old_rows));
  else
    perform count_customers(array(
      select row(company_id, appointments_completed, 1)::customer_fact from new_rows
      union all
      select row(company_id, appointments_completed, -1)::customer_fact from old_rows
    ));
  end if;
  return null;
end $$;
create trigger customer_records_counted_insert after insert on customer_records
  referencing new table as new_rows for each statement execute function customer_records_counted();
create trigger customer_records_counted_update after update on customer_records
  referencing old table as old_rows new table as new_rows for each statement execute function customer_records_counted();
create trigger customer_records_counted_delete after delete on customer_records
  referencing old table as old_rows for each statement execute function customer_records_counted();

-- Counted from it until now.
drop index customer_records_came_idx;

create view customer_counts_missing as
select company_id, sum(came) as came, sum(came_again) as came_again
from (
  select company_id, 1 as came, (appointments_completed >= 2)::int as came_again from customer_records where appointments_completed >= 1
  union all
  select company_id, -came, -came_again from customer_counts
) d
group by company_id
having sum(came) <> 0 or sum(came_again) <> 0;

create function rebuild_customer_sales(company bigint) returns void language plpgsql as $$
begin
  update customer_records r set owner_user_id = case when c.deleted_at is null then c.owner_user_id end from contacts c
  where r.company_id = company and c.company_id = company and c.id = r.contact_id
    and r.owner_user_id is distinct from case when c.deleted_at is null then c.owner_user_id end;
  insert into owned_revenue_days as t (company_id, owner_user_id, on_day, slot, revenue)
  select company_id, owner_user_id, on_day, 0, revenue from owned_revenue_missing where company_id = company
  on conflict (company_id, owner_user_id, on_day, slot) do update set revenue = t.revenue + excluded.revenue;
  insert into customer_counts as t (company_id, slot, came, came_again)
  select company_id, 0, came, came_again from customer_counts_missing where company_id = company
  on conflict (company_id, slot) do update set came = t.came + excluded.came, came_again = t.came_again + excluded.came_again;
end $$;

-- What there is already.
select rebuild_customer_sales(id) from companies;

-- A lead counts its story with each call, task and note: with room on its page that writes none of its indexes anew.
alter table leads set (fillfactor = 85);
