import { type RawBuilder, sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** A reminder that is due, held by this transaction, with the visit and the person as they stand now. */
export type DueReminder = {
  companyId: number;
  id: number;
  appointmentId: number;
  kind: "reminder" | "recovery";
  minutesBefore: number;
  /** The visit's time when the reminder was written. */
  plannedFor: string;
  startsAt: string;
  status: string;
  isDeleted: boolean;
  contactId: number;
  name: string;
  firstName: string;
  language: string | null;
  email: string | null;
  isReachable: boolean;
  lastAccountId: number | null;
  serviceName: string;
  providerName: string;
  locationName: string;
  timeZone: string;
  responsibleUserId: number | null;
};

/** The next due reminders over all companies; those that another worker holds are left to it. */
export async function claimReminders(queries: Queries, now: Date, limit: number): Promise<DueReminder[]> {
  return queries.all(claimDue({ now: now.toISOString(), limit }));
}

/** One of them by itself, after a batch that failed. */
export async function claimReminder(
  queries: Queries,
  { companyId, id, now }: { companyId: number; id: number; now: Date },
): Promise<DueReminder | undefined> {
  return queries.first(claimOne({ companyId, id, now: now.toISOString() }));
}

/** Which are due, without holding them. */
export async function dueReminders(queries: Pick<Queries, "all">, now: Date, limit: number) {
  return queries.all(listDue({ now: now.toISOString(), limit }));
}

/** One that failed comes again later; after the fifth time nobody was reminded. Tells how often it has failed. */
export async function putOff(
  queries: Queries,
  { companyId, id, now }: { companyId: number; id: number; now: Date },
): Promise<void> {
  await queries.run(postpone({ companyId, id, now: now.toISOString() }));
}

const factsOf = (claimed: RawBuilder<unknown>) => sql<DueReminder>`
  with claimed as materialized (${claimed})
  select r.company_id as "companyId", r.id, r.appointment_id as "appointmentId", r.kind, r.minutes_before as "minutesBefore",
    r.starts_at as "plannedFor", a.starts_at as "startsAt", a.status, (a.deleted_at is not null or c.deleted_at is not null) as "isDeleted",
    c.id as "contactId", c.name, c.first_name as "firstName", c.language, nullif(c.email, '') as email,
    (c.phone is not null or exists (select from contact_identities i where i.company_id = c.company_id and i.contact_id = c.id
      and i.kind in ('wa_id', 'phone', 'user_id'))) as "isReachable",
    (select v.channel_account_id from conversations v where v.company_id = c.company_id and v.contact_id = c.id
      and v.last_message_at is not null order by v.last_message_at desc limit 1) as "lastAccountId",
    s.name as "serviceName", p.name as "providerName", l.name as "locationName", l.time_zone as "timeZone",
    coalesce(c.owner_user_id, p.user_id) as "responsibleUserId"
  from claimed r
  join appointments a on a.company_id = r.company_id and a.id = r.appointment_id
  join contacts c on c.company_id = a.company_id and c.id = a.contact_id
  join services s on s.company_id = a.company_id and s.id = a.service_id
  join providers p on p.company_id = a.company_id and p.id = a.provider_id
  join locations l on l.company_id = a.company_id and l.id = a.location_id
  order by r.due_at, r.id`;

const claimDue = prepared<{ now: string; limit: number }>()((_db, arg) =>
  factsOf(sql`select company_id, id, appointment_id, kind, minutes_before, starts_at, due_at from appointment_reminders
    where state = 'waiting' and due_at <= ${arg("now")}::timestamptz
    order by due_at, company_id, id limit ${arg("limit")}::int for update skip locked`),
);

const claimOne = prepared<{ companyId: number; id: number; now: string }>()((_db, arg) =>
  factsOf(sql`select company_id, id, appointment_id, kind, minutes_before, starts_at, due_at from appointment_reminders
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and state = 'waiting'
      and due_at <= ${arg("now")}::timestamptz
    for update skip locked`),
);

const listDue = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<{ companyId: number; id: number }>`
    select company_id as "companyId", id from appointment_reminders
    where state = 'waiting' and due_at <= ${arg("now")}::timestamptz
    order by due_at, company_id, id limit ${arg("limit")}::int`,
);

const postpone = prepared<{ companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update appointment_reminders set attempts = attempts + 1,
      due_at = ${arg("now")}::timestamptz + make_interval(mins => (2 ^ attempts)::int),
      state = case when attempts >= 4 then 'failed' else 'waiting' end,
      settled_at = case when attempts >= 4 then ${arg("now")}::timestamptz end,
      reason = 'Reminding failed five times; the server''s log says why.'
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and state = 'waiting'`,
);
