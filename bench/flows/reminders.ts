import { setTimeout as pause } from "node:timers/promises";
import type { Place } from "../measure-scenario.ts";
import { type FlowResult, quantile } from "./flow.ts";
import { connectNumber } from "./sending.ts";

const wanted = 10_000;

const template = JSON.stringify([
  { type: "BODY", text: "Hello {{1}}, see you on {{2}}." },
  {
    type: "BUTTONS",
    buttons: [
      { type: "QUICK_REPLY", text: "Yes" },
      { type: "QUICK_REPLY", text: "Another time" },
    ],
  },
]);

/**
 * Ten thousand reminders fall due at once, of as many people: from that commit until each is in the outbox, by the running server's own
 * worker. Ends with a count of what was written: one message each. The figures are of when each was taken.
 */
export async function measureReminders(place: Place): Promise<FlowResult> {
  const { client, bench } = place;
  const accountId = await connectNumber(place);
  await prepare(place, accountId);
  const last = await client.query<{ id: number }>("select coalesce(max(id), 0) as id from outbound_sends");
  const began = performance.now();
  const inserted = await client.query(
    `insert into appointment_reminders (company_id, appointment_id, kind, minutes_before, starts_at, due_at, created_at)
     select company_id, id, 'reminder', 120, starts_at, now() - interval '1 second', now() from (
       select distinct on (a.contact_id) a.company_id, a.id, a.starts_at from appointments a
       join contacts c on c.company_id = a.company_id and c.id = a.contact_id and c.phone is not null and not c.do_not_contact
       where a.company_id = $1 and a.status = 'booked' and a.starts_at > now() + interval '2 days' and a.deleted_at is null
     ) a limit $2`,
    [bench.companyId, wanted],
  );
  const count = inserted.rowCount ?? 0;
  await untilTaken(place);
  const seconds = (performance.now() - began) / 1_000;
  const latencies = await takenAfter(place, { count, after: last.rows[0]?.id ?? 0 });
  return {
    name: "reminders, due to outbox",
    count,
    perSecond: Math.round(count / seconds),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

async function prepare({ client, bench }: Place, accountId: number): Promise<void> {
  await client.query("delete from appointment_reminders where company_id = $1", [bench.companyId]);
  await client.query(
    `insert into send_settings (company_id, quiet_from, quiet_to) values ($1, null, null)
     on conflict (company_id) do update set quiet_from = null, quiet_to = null`,
    [bench.companyId],
  );
  await client.query(
    `insert into templates (company_id, channel_account_id, name, language, category, status, components)
     select $1, $2, 'appointment_reminder', 'en', 'UTILITY', 'APPROVED', $3
     where not exists (select from templates where company_id = $1 and channel_account_id = $2 and name = 'appointment_reminder')`,
    [bench.companyId, accountId, template],
  );
}

async function untilTaken({ client }: Place): Promise<void> {
  for (let tries = 0; tries < 6_000; tries += 1) {
    const { rows } = await client.query<{ open: boolean }>(
      "select exists (select from appointment_reminders where state = 'waiting' and due_at <= now()) as open",
    );
    if (rows[0]?.open === false) return;
    await pause(20);
  }
}

async function takenAfter({ client, bench }: Place, of: { count: number; after: number }): Promise<number[]> {
  const { rows } = await client.query<{ ms: number; state: string }>(
    `select (extract(epoch from settled_at - created_at) * 1000)::float8 as ms, state from appointment_reminders where company_id = $1`,
    [bench.companyId],
  );
  const sent = await client.query<{ sends: number; people: number }>(
    "select count(*)::int as sends, count(distinct contact_id)::int as people from outbound_sends where id > $1 and once_key like 'reminder:%'",
    [of.after],
  );
  const { sends = 0, people = 0 } = sent.rows[0] ?? {};
  const queued = rows.filter(({ state }) => state === "queued").length;
  if (queued !== of.count || sends !== of.count || people !== of.count)
    throw new Error(`reminders: ${of.count} were due, ${queued} queued, ${sends} messages to ${people} people`);
  return rows.map(({ ms }) => Number(ms));
}
