-- Visits: what can be booked and with whom, appointments, the customer's record that follows from them, and loyalty.
create extension if not exists btree_gist;

create sequence services_id_seq as bigint;
create table services (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('services_id_seq'),
  name text not null,
  duration_minutes integer not null,
  -- The provider is not free for the next person before this has passed.
  buffer_minutes integer not null default 0,
  price numeric not null default 0,
  -- The company's own when it was written: what people spend is added up, and only one currency can be.
  currency text not null,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint services_duration_minutes_check check (duration_minutes between 1 and 1440),
  constraint services_buffer_minutes_check check (buffer_minutes between 0 and 1440)
);

create sequence locations_id_seq as bigint;
create table locations (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('locations_id_seq'),
  name text not null,
  address text,
  time_zone text not null,
  -- [{weekday, from, to}] in minutes of the day; null where the providers' hours alone count.
  opening_hours jsonb,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);

create sequence providers_id_seq as bigint;
create table providers (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('providers_id_seq'),
  name text not null,
  -- The member of the team it is, where it is one.
  user_id bigint,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint providers_company_id_user_id_key unique (company_id, user_id),
  constraint providers_company_id_user_id_fkey foreign key (company_id, user_id)
    references memberships (company_id, user_id) on delete set null (user_id)
);

create table provider_services (
  company_id bigint not null,
  provider_id bigint not null,
  service_id bigint not null,
  primary key (company_id, provider_id, service_id),
  constraint provider_services_company_id_provider_id_fkey foreign key (company_id, provider_id)
    references providers (company_id, id) on delete cascade,
  constraint provider_services_company_id_service_id_fkey foreign key (company_id, service_id)
    references services (company_id, id) on delete cascade
);
-- Who gives a service.
create index provider_services_company_id_service_id_idx on provider_services (company_id, service_id, provider_id);

create table provider_locations (
  company_id bigint not null,
  provider_id bigint not null,
  location_id bigint not null,
  primary key (company_id, provider_id, location_id),
  constraint provider_locations_company_id_provider_id_fkey foreign key (company_id, provider_id)
    references providers (company_id, id) on delete cascade,
  constraint provider_locations_company_id_location_id_fkey foreign key (company_id, location_id)
    references locations (company_id, id) on delete cascade
);
-- Who works at a place.
create index provider_locations_company_id_location_id_idx on provider_locations (company_id, location_id, provider_id);

-- Weekly hours on the wall clock of the place; ISO weekday, minutes of the day.
create table provider_hours (
  company_id bigint not null,
  provider_id bigint not null,
  location_id bigint not null,
  weekday smallint not null,
  from_minute smallint not null,
  to_minute smallint not null,
  primary key (company_id, provider_id, location_id, weekday, from_minute),
  constraint provider_hours_company_id_provider_id_location_id_fkey foreign key (company_id, provider_id, location_id)
    references provider_locations (company_id, provider_id, location_id) on delete cascade,
  constraint provider_hours_weekday_check check (weekday between 1 and 7),
  constraint provider_hours_minutes_check check (from_minute >= 0 and from_minute < to_minute and to_minute <= 1440)
);

create sequence provider_time_off_id_seq as bigint;
create table provider_time_off (
  company_id bigint not null,
  id bigint not null default nextval('provider_time_off_id_seq'),
  provider_id bigint not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  reason text,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint provider_time_off_company_id_provider_id_fkey foreign key (company_id, provider_id)
    references providers (company_id, id) on delete cascade,
  constraint provider_time_off_ends_at_check check (ends_at > starts_at)
);
-- What ends after a moment, of one provider.
create index provider_time_off_company_id_provider_id_idx on provider_time_off (company_id, provider_id, ends_at, id);

create sequence appointments_id_seq as bigint;
create table appointments (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('appointments_id_seq'),
  contact_id bigint not null,
  service_id bigint not null,
  provider_id bigint not null,
  location_id bigint not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  -- The end with the service's buffer: until then nobody else can have the provider.
  busy_until timestamptz(3) not null,
  status text not null default 'booked',
  amount numeric not null default 0,
  currency text not null,
  treatment_details jsonb not null default '{}',
  notes text,
  source text,
  cancel_reason text,
  confirmed_at timestamptz(3),
  completed_at timestamptz(3),
  -- Counts the moves and the ends that calendars have to hear of (SEQUENCE of iCalendar).
  sequence integer not null default 0,
  version integer not null default 1,
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint appointments_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint appointments_company_id_service_id_fkey foreign key (company_id, service_id) references services (company_id, id),
  constraint appointments_company_id_provider_id_fkey foreign key (company_id, provider_id) references providers (company_id, id),
  constraint appointments_company_id_location_id_fkey foreign key (company_id, location_id) references locations (company_id, id),
  constraint appointments_status_check check (status in ('booked', 'confirmed', 'completed', 'cancelled', 'no_show')),
  constraint appointments_ends_at_check check (ends_at > starts_at and busy_until >= ends_at),
  -- A visit that took place keeps its time; a cancelled or missed one gives it back. Free slots read this index too.
  constraint appointments_provider_time_excl exclude using gist
    (company_id with =, provider_id with =, tstzrange(starts_at, busy_until) with &&)
    where (status in ('booked', 'confirmed', 'completed') and deleted_at is null)
);
-- One person's visits, latest first; also what their record is counted from.
create index appointments_company_id_contact_id_idx on appointments (company_id, contact_id, starts_at desc, id desc) where deleted_at is null;
-- The whole calendar in order of time.
create index appointments_company_id_starts_at_idx on appointments (company_id, starts_at, id) where deleted_at is null;
-- One provider's calendar.
create index appointments_company_id_provider_id_idx on appointments (company_id, provider_id, starts_at, id) where deleted_at is null;
-- What is still to happen, or ended in one way, in order of time.
create index appointments_company_id_status_idx on appointments (company_id, status, starts_at, id) where deleted_at is null;
-- Foreign keys of what may be asked for.
create index appointments_company_id_location_id_idx on appointments (company_id, location_id, starts_at, id) where deleted_at is null;
create index appointments_company_id_service_id_idx on appointments (company_id, service_id, starts_at, id) where deleted_at is null;

alter table tasks
  add column appointment_id bigint,
  add constraint tasks_company_id_appointment_id_fkey foreign key (company_id, appointment_id)
    references appointments (company_id, id) on delete set null (appointment_id);
create index tasks_company_id_appointment_id_idx on tasks (company_id, appointment_id) where appointment_id is not null;

-- What a person is to the house. Statistics are kept in the appointment's transaction and hold nothing that time alone changes.
create table customer_records (
  company_id bigint not null,
  contact_id bigint not null,
  customer_status text not null default 'new',
  notes text,
  preferences jsonb not null default '{}',
  -- Days without contact after which to follow up; null where the list's own threshold counts.
  follow_up_after_days integer,
  appointments_total integer not null default 0,
  appointments_completed integer not null default 0,
  appointments_cancelled integer not null default 0,
  appointments_missed integer not null default 0,
  lifetime_value numeric not null default 0,
  first_visit_at timestamptz(3),
  last_visit_at timestamptz(3),
  average_gap_days integer,
  expected_next_visit_on date,
  -- The person's own rhythm: the median of the days between visits and the median distance from it.
  median_gap_days numeric,
  gap_deviation_days numeric,
  due_from_on date,
  due_until_on date,
  loyalty_points bigint not null default 0,
  -- Without what was redeemed: the tier does not fall by spending points.
  loyalty_earned bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, contact_id),
  constraint customer_records_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint customer_records_customer_status_check
    check (customer_status in ('new', 'contacted', 'qualified', 'active', 'inactive', 'vip')),
  constraint customer_records_follow_up_after_days_check check (follow_up_after_days between 1 and 3650)
);
-- Who comes again, most often first.
create index customer_records_repeat_idx on customer_records (company_id, appointments_completed desc, contact_id desc)
  where appointments_completed >= 2;
-- Whose time has come, longest due first.
create index customer_records_due_from_on_idx on customer_records (company_id, due_from_on, contact_id) where due_from_on is not null;
-- Whose time is over, longest first.
create index customer_records_due_until_on_idx on customer_records (company_id, due_until_on, contact_id) where due_until_on is not null;
-- People with a threshold of their own, beside the list of all.
create index customer_records_follow_up_idx on customer_records (company_id, contact_id) where follow_up_after_days is not null;

create sequence loyalty_entries_id_seq as bigint;
create table loyalty_entries (
  company_id bigint not null,
  id bigint not null default nextval('loyalty_entries_id_seq'),
  contact_id bigint not null,
  appointment_id bigint,
  kind text not null,
  points bigint not null,
  reason text,
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint loyalty_entries_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint loyalty_entries_company_id_appointment_id_fkey foreign key (company_id, appointment_id)
    references appointments (company_id, id) on delete cascade,
  constraint loyalty_entries_kind_check check (kind in ('earned', 'reversed', 'adjusted', 'redeemed'))
);
-- One person's entries, newest first; the balance is their sum.
create index loyalty_entries_company_id_contact_id_idx on loyalty_entries (company_id, contact_id, id desc);
-- What one visit has brought so far.
create index loyalty_entries_company_id_appointment_id_idx on loyalty_entries (company_id, appointment_id) where appointment_id is not null;

create table loyalty_rules (
  company_id bigint not null references companies (id) on delete cascade,
  points_per_unit numeric not null,
  -- [{name, from}], lowest first.
  tiers jsonb not null,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  primary key (company_id)
);

create table calendar_feeds (
  company_id bigint not null,
  user_id bigint not null,
  -- Of the secret in the feed's address.
  token_hash bytea not null,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, user_id),
  constraint calendar_feeds_company_id_token_hash_key unique (company_id, token_hash),
  constraint calendar_feeds_company_id_user_id_fkey foreign key (company_id, user_id)
    references memberships (company_id, user_id) on delete cascade
);

-- The one place where the formulas of the record stand: refresh, check and rebuild read it.
create view customer_record_recount as
select r.company_id, r.contact_id, v.appointments_total, v.appointments_completed, v.appointments_cancelled, v.appointments_missed,
  v.lifetime_value, v.first_visit_at, v.last_visit_at, g.average_gap_days,
  (v.last_visit_at at time zone 'UTC')::date + g.average_gap_days as expected_next_visit_on,
  m.median_gap_days, d.gap_deviation_days,
  (v.last_visit_at at time zone 'UTC')::date + round(m.median_gap_days)::int - w.width as due_from_on,
  (v.last_visit_at at time zone 'UTC')::date + round(m.median_gap_days)::int + w.width as due_until_on,
  l.loyalty_points, l.loyalty_earned
from customer_records r
cross join lateral (
  select count(*)::int as appointments_total,
    (count(*) filter (where a.status = 'completed'))::int as appointments_completed,
    (count(*) filter (where a.status = 'cancelled'))::int as appointments_cancelled,
    (count(*) filter (where a.status = 'no_show'))::int as appointments_missed,
    coalesce(sum(a.amount) filter (where a.status = 'completed'), 0) as lifetime_value,
    min(a.starts_at) filter (where a.status = 'completed') as first_visit_at,
    max(a.starts_at) filter (where a.status = 'completed') as last_visit_at,
    array_agg(a.starts_at order by a.starts_at) filter (where a.status = 'completed') as visits
  from appointments a where a.company_id = r.company_id and a.contact_id = r.contact_id and a.deleted_at is null
) v
cross join lateral (
  select case when v.appointments_completed >= 2
    then round(extract(epoch from v.last_visit_at - v.first_visit_at) / 86400 / (v.appointments_completed - 1))::int end as average_gap_days
) g
cross join lateral (
  select round((percentile_cont(0.5) within group (order by extract(epoch from v.visits[i + 1] - v.visits[i]) / 86400))::numeric, 1) as median_gap_days
  from generate_series(1, v.appointments_completed - 1) i
) m
cross join lateral (
  select round((percentile_cont(0.5) within group
    (order by abs(extract(epoch from v.visits[i + 1] - v.visits[i]) / 86400 - m.median_gap_days)))::numeric, 1) as gap_deviation_days
  from generate_series(1, v.appointments_completed - 1) i
) d
-- Two visits have no spread of their own, and nobody is bound to the day: at least a day and a tenth of the rhythm.
cross join lateral (select greatest(1, ceil(d.gap_deviation_days), ceil(m.median_gap_days / 10))::int as width) w
cross join lateral (
  select coalesce(sum(e.points), 0)::bigint as loyalty_points,
    coalesce(sum(e.points) filter (where e.kind <> 'redeemed'), 0)::bigint as loyalty_earned
  from loyalty_entries e where e.company_id = r.company_id and e.contact_id = r.contact_id
) l;

-- A person who becomes a customer is an active one, by whatever way: a stage, a won deal, an import, a merge.
create function customer_record_follow_stage() returns trigger language plpgsql as $$
begin
  insert into customer_records (company_id, contact_id, customer_status, created_at, updated_at)
  values (new.company_id, new.id, 'active', new.updated_at, new.updated_at)
  on conflict (company_id, contact_id) do update set customer_status = 'active', version = customer_records.version + 1,
    updated_at = excluded.updated_at
  where customer_records.customer_status not in ('active', 'vip');
  return null;
end $$;
create trigger customer_record_follow_stage_insert after insert on contacts
  for each row when (new.stage = 'customer') execute function customer_record_follow_stage();
create trigger customer_record_follow_stage_update after update of stage on contacts
  for each row when (new.stage = 'customer' and old.stage <> 'customer') execute function customer_record_follow_stage();

insert into customer_records (company_id, contact_id, customer_status)
select company_id, id, 'active' from contacts where stage = 'customer';

-- The follow-up list's order: never contacted first, then longest ago. It stands with what every message writes anyway; an index on
-- contacts.last_contacted_at would make each message write all indexes of the person.
alter table contact_inbox add column last_contacted_at timestamptz(3);
update contact_inbox i set last_contacted_at = c.last_contacted_at
from contacts c where c.company_id = i.company_id and c.id = i.contact_id and c.last_contacted_at is not null;
create index contact_inbox_company_id_last_contacted_at_idx on contact_inbox
  (company_id, (coalesce(last_contacted_at, '-infinity'::timestamptz)), contact_id) where not contact_deleted;

create or replace function contact_rows_follow_insert() returns trigger language plpgsql as $$
begin
  insert into contact_inbox (company_id, contact_id, last_contacted_at) select company_id, id, last_contacted_at from created;
  insert into contact_search (company_id, contact_id, search_text)
  select company_id, id, search_text from created where deleted_at is null;
  return null;
end $$;

create function contact_inbox_follow_contacted() returns trigger language plpgsql as $$
begin
  -- What an outgoing message changed stands here already: the statement that counts it writes both.
  update contact_inbox set last_contacted_at = new.last_contacted_at
  where company_id = new.company_id and contact_id = new.id and last_contacted_at is distinct from new.last_contacted_at;
  return null;
end $$;
create trigger contact_inbox_follow_contacted after update of last_contacted_at on contacts
  for each row when (old.last_contacted_at is distinct from new.last_contacted_at) execute function contact_inbox_follow_contacted();
