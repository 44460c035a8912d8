import { pick } from "./pick.ts";
import type { FillStep } from "./step.ts";

/** Five places with twenty providers each, sixteen visits a day on the half hours from 8 to 20, the last 25 days from now. */
export const clinics = `
  with place as (
    insert into locations (company_id, name, time_zone) select $1, 'Clinic ' || i, 'Europe/Berlin' from generate_series(1, 5) i returning company_id, id
  ), service as (
    insert into services (company_id, name, duration_minutes, price, currency)
    select $1, 'Treatment ' || i, 30, 50 * i, 'USD' from generate_series(1, 3) i returning company_id, id
  ), person as (
    insert into providers (company_id, name) select $1, 'Provider ' || i from generate_series(1, 100) i returning company_id, id
  ), gives as (
    insert into provider_services (company_id, provider_id, service_id) select $1, p.id, s.id from person p, service s
  ), works as (
    insert into provider_locations (company_id, provider_id, location_id)
    select $1, p.id, l.id from (select id, row_number() over (order by id) as n from person) p
    join (select id, row_number() over (order by id) as n from place) l on l.n = 1 + (p.n - 1) / 20 returning provider_id, location_id
  )
  insert into provider_hours (company_id, provider_id, location_id, weekday, from_minute, to_minute)
  select $1, w.provider_id, w.location_id, d, 480, 1200 from works w, generate_series(1, 7) d`;

/** Ten a person, a million at most. Those to come are booked, one of ten of the others was cancelled and one of twenty missed. */
export const appointments: FillStep = {
  table: "appointments",
  share: 10,
  most: 1_000_000,
  values: [],
  sql: `
    insert into appointments (company_id, id, contact_id, service_id, provider_id, location_id, starts_at, ends_at, busy_until, status, amount,
      currency, completed_at, created_at, updated_at)
    select $1, $4 + i, ($6::jsonb ->> 'people')::bigint + 1 + ${pick(61, 2_000_000_000)} % ($6::jsonb ->> 'contacts')::int, s.id, p.provider_id,
      p.location_id, t.at, t.at + interval '30 minutes', t.at + interval '30 minutes',
      case when t.at > $5::timestamptz then 'booked' when ${pick(62, 100)} < 10 then 'cancelled' when ${pick(62, 100)} < 15 then 'no_show'
        else 'completed' end,
      50 * (1 + ${pick(63, 6)}), 'USD', case when t.at <= $5::timestamptz then t.at end, t.at - interval '20 days', least(t.at, $5::timestamptz)
    from generate_series($2::bigint, $3::bigint) i
    join (select provider_id, location_id, row_number() over (order by provider_id) - 1 as n from provider_locations where company_id = $1) p
      on p.n = i % 100
    join (select id, row_number() over (order by id) - 1 as n from services where company_id = $1) s on s.n = ${pick(64, 3)}
    cross join lateral (select date_trunc('day', $5::timestamptz) + interval '25 days 6 hours' - make_interval(days => (i / 1600)::int,
      mins => -30 * ((i / 100) % 16 * 3 / 2)::int) as at) t`,
};
