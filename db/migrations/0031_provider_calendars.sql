-- What a provider's times are taken by stays in the memory of each process for as long as this token stays (docs/decisions/0025): it is
-- written by the transaction that changes visits, hours or time off, so nobody can see the one without the other. Random, because a
-- number could be given out again after a crash or from a backup. No row: never changed since there are tokens.
create table provider_calendars (
  company_id bigint not null,
  provider_id bigint not null,
  token uuid not null,
  constraint provider_calendars_pkey primary key (company_id, provider_id),
  constraint provider_calendars_company_id_provider_id_fkey foreign key (company_id, provider_id)
    references providers (company_id, id) on delete cascade
) with (fillfactor = 50);

create type provider_ref as (company_id bigint, provider_id bigint);

-- In one order, so that two who change several providers wait and never lock each other out. A provider who is being deleted has none.
create function renew_provider_calendars(changed provider_ref[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan as $$
begin
  insert into provider_calendars as c (company_id, provider_id, token)
  select n.company_id, n.provider_id, gen_random_uuid()
  from (select distinct company_id, provider_id from unnest(changed) f) n
  where exists (select from providers p where p.company_id = n.company_id and p.id = n.provider_id)
  order by n.company_id, n.provider_id
  on conflict (company_id, provider_id) do update set token = excluded.token;
end $$;

-- The transition table of each trigger is called `changed`, whether its rows came or went.
create function appointments_renew_calendars() returns trigger language plpgsql as $$
begin
  perform renew_provider_calendars(array(select row(company_id, provider_id)::provider_ref from changed
    where status in ('booked', 'confirmed', 'completed') and deleted_at is null));
  return null;
end $$;
create trigger appointments_renew_calendars_insert after insert on appointments
  referencing new table as changed for each statement execute function appointments_renew_calendars();
create trigger appointments_renew_calendars_delete after delete on appointments
  referencing old table as changed for each statement execute function appointments_renew_calendars();

create function provider_times_renew_calendars() returns trigger language plpgsql as $$
begin
  perform renew_provider_calendars(array(select row(company_id, provider_id)::provider_ref from changed));
  return null;
end $$;
create trigger provider_hours_renew_calendars_insert after insert on provider_hours
  referencing new table as changed for each statement execute function provider_times_renew_calendars();
create trigger provider_hours_renew_calendars_delete after delete on provider_hours
  referencing old table as changed for each statement execute function provider_times_renew_calendars();
create trigger provider_time_off_renew_calendars_insert after insert on provider_time_off
  referencing new table as changed for each statement execute function provider_times_renew_calendars();
create trigger provider_time_off_renew_calendars_delete after delete on provider_time_off
  referencing old table as changed for each statement execute function provider_times_renew_calendars();

-- Rows that are changed in place, one by one: a visit has been with one provider and may be with another now.
create function changed_row_renews_calendars() returns trigger language plpgsql as $$
begin
  perform renew_provider_calendars(array[
    row(old.company_id, old.provider_id)::provider_ref, row(new.company_id, new.provider_id)::provider_ref
  ]);
  return null;
end $$;
-- Most changes of a visit (confirmed, completed, its notes) leave the provider as busy as before.
create trigger appointments_renew_calendars_update after update of provider_id, starts_at, busy_until, status, deleted_at on appointments
  for each row when (
    (old.provider_id, old.starts_at, old.busy_until, old.status in ('booked', 'confirmed', 'completed') and old.deleted_at is null)
    is distinct from
    (new.provider_id, new.starts_at, new.busy_until, new.status in ('booked', 'confirmed', 'completed') and new.deleted_at is null)
  ) execute function changed_row_renews_calendars();
create trigger provider_hours_renew_calendars_update after update on provider_hours
  for each row execute function changed_row_renews_calendars();
create trigger provider_time_off_renew_calendars_update after update on provider_time_off
  for each row execute function changed_row_renews_calendars();
