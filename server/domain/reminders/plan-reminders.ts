import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { expireQueuedMessages } from "../sends/expire-queued-messages.ts";

/**
 * Makes the reminders of a visit fit it as it now stands, in the transaction of its act: those of another time or of a visit that will
 * not be are taken away, also out of the outbox, and missing ones are written. What has left stays.
 */
export async function planReminders(tx: TxCtx, appointmentId: number): Promise<void> {
  const args = { companyId: tx.companyId, appointmentId, now: tx.now().toISOString() };
  const pointless = await tx.tx.all(planOne(args));
  await expireQueuedMessages(
    tx,
    pointless.map(({ messageId }) => messageId),
  );
}

/** The same for every visit to come, after the settings were changed. */
export async function planAllReminders(tx: TxCtx): Promise<void> {
  const args = { companyId: tx.companyId, now: tx.now().toISOString() };
  await tx.tx.run(withoutTimeLimit({}));
  await tx.tx.all(planAll(args));
}

/** Somebody who did not come is written to after the delay that the company wants; only after a visit of the last week, and once. */
export async function planRecovery(tx: TxCtx, appointmentId: number): Promise<void> {
  await tx.tx.run(insertRecovery({ companyId: tx.companyId, appointmentId, now: tx.now().toISOString() }));
}

const minutesOfCompany = (company: RawBuilder<unknown>) => sql`
  unnest(coalesce((select case when s.enabled then s.minutes_before else '{}' end from reminder_settings s
    where s.company_id = ${company}), '{1440,120}'))`;

/** Rows to delete and rows to insert have no key in common, so that one statement does both. */
function planOf(
  company: RawBuilder<unknown>,
  now: RawBuilder<unknown>,
  visits: { a: RawBuilder<unknown>; r: RawBuilder<unknown> },
): RawBuilder<{ messageId: number }> {
  return sql<{ messageId: number }>`
    with wanted as materialized (
      select a.id as appointment_id, a.starts_at, m.minutes
      from appointments a cross join ${minutesOfCompany(company)} as m (minutes)
      where a.company_id = ${company} and ${visits.a} and a.deleted_at is null and a.status in ('booked', 'confirmed')
        and a.starts_at > ${now}
    ), gone as (
      delete from appointment_reminders r
      where r.company_id = ${company} and ${visits.r} and r.kind = 'reminder' and r.state = 'waiting'
        and not exists (select from wanted w where w.appointment_id = r.appointment_id and w.starts_at = r.starts_at
          and w.minutes = r.minutes_before)
    ), unmissed as (
      delete from appointment_reminders r
      where r.company_id = ${company} and ${visits.r} and r.kind = 'recovery' and r.state = 'waiting'
        and not exists (select from appointments a where a.company_id = r.company_id and a.id = r.appointment_id
          and a.status = 'no_show' and a.deleted_at is null)
    ), written as (
      insert into appointment_reminders (company_id, appointment_id, kind, minutes_before, starts_at, due_at, created_at)
      select ${company}, w.appointment_id, 'reminder', w.minutes, w.starts_at, w.starts_at - make_interval(mins => w.minutes), ${now}
      from wanted w where w.starts_at - make_interval(mins => w.minutes) > ${now}
      on conflict do nothing
    )
    select r.message_id as "messageId" from appointment_reminders r
    where r.company_id = ${company} and ${visits.r} and r.state = 'queued' and r.kind = 'reminder' and r.message_id is not null
      and r.starts_at > ${now}
      and not exists (select from wanted w where w.appointment_id = r.appointment_id and w.starts_at = r.starts_at)`;
}

const planOne = prepared<{ companyId: number; appointmentId: number; now: string }>()((_db, arg) => {
  const id = sql`${arg("appointmentId")}::bigint`;
  return planOf(sql`${arg("companyId")}::bigint`, sql`${arg("now")}::timestamptz`, {
    a: sql`a.id = ${id}`,
    r: sql`r.appointment_id = ${id}`,
  });
});

const planAll = prepared<{ companyId: number; now: string }>()((_db, arg) =>
  planOf(sql`${arg("companyId")}::bigint`, sql`${arg("now")}::timestamptz`, {
    a: sql`true`,
    r: sql`r.state = 'waiting'`,
  }),
);

const withoutTimeLimit = prepared<object>()(() => sql<never>`set local statement_timeout = 0`);

const insertRecovery = prepared<{ companyId: number; appointmentId: number; now: string }>()(
  (_db, arg) => sql<never>`
    insert into appointment_reminders (company_id, appointment_id, kind, starts_at, due_at, created_at)
    select a.company_id, a.id, 'recovery', a.starts_at,
      ${arg("now")}::timestamptz + make_interval(mins => s.recovery_after_minutes), ${arg("now")}::timestamptz
    from appointments a join reminder_settings s on s.company_id = a.company_id and s.recovery_enabled
    where a.company_id = ${arg("companyId")}::bigint and a.id = ${arg("appointmentId")}::bigint and a.deleted_at is null
      and a.status = 'no_show' and a.starts_at > ${arg("now")}::timestamptz - interval '7 days'
    on conflict do nothing`,
);
