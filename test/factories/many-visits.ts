import type pg from "pg";

/**
 * A company with many people and visits, put straight into the tables: `people` people with `visits` visits each over 20 providers,
 * one after the other so that nobody is booked twice, and every record rebuilt afterwards.
 */
export async function fillVisits(
  client: pg.Client,
  companyId: number,
  { people, visits }: { people: number; visits: number },
) {
  const run = (text: string, ...more: unknown[]) => client.query(text, [companyId, ...more]);
  await run(
    `insert into services (company_id, name, duration_minutes, price, currency) values ($1, 'Botox', 30, 100, 'USD')`,
  );
  await run(`insert into locations (company_id, name, time_zone) values ($1, 'Clinic', 'Europe/Berlin')`);
  await run(`insert into providers (company_id, name) select $1, 'Provider ' || n from generate_series(1, 20) n`);
  await run(
    `insert into provider_services select p.company_id, p.id, s.id from providers p join services s using (company_id) where company_id = $1`,
  );
  await run(
    `insert into provider_locations select p.company_id, p.id, l.id from providers p join locations l using (company_id) where company_id = $1`,
  );
  await run(`insert into provider_hours select l.company_id, l.provider_id, l.location_id, d, 540, 1080
    from provider_locations l, generate_series(1, 6) d where company_id = $1`);
  await run(
    `insert into contacts (company_id, name, last_contacted_at)
     select $1, 'Person ' || n, case when n % 3 > 0 then now() - make_interval(hours => n % 5000) end from generate_series(1, $2::int) n`,
    people,
  );
  await run(
    `insert into appointments (company_id, contact_id, service_id, provider_id, location_id, starts_at, ends_at, busy_until, status, amount, currency)
     select $1, c.id, s.id, p.id, l.id, t.at, t.at + interval '30 minutes', t.at + interval '30 minutes',
       case when t.at < now() then 'completed' else 'booked' end, 100, 'USD'
     from (select id, row_number() over (order by id) as n from contacts where company_id = $1) c
     cross join generate_series(0, $2::int - 1) v
     join (select id, row_number() over (order by id) as n from providers where company_id = $1) p on p.n = 1 + (c.n + v) % 20
     cross join (select id from services where company_id = $1) s cross join (select id from locations where company_id = $1) l
     cross join lateral (select date_trunc('hour', now()) + interval '10 days'
       - make_interval(mins => 30 * (((c.n + v * (select count(*) from contacts where company_id = $1)) / 20)::int)) as at) t
     on conflict do nothing`,
    visits,
  );
}
