import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { AppointmentStatus } from "../appointments/appointment.ts";
import type { FeedOwner } from "./calendar-feed.ts";

export type FeedVisit = {
  id: number;
  startsAt: string;
  endsAt: string;
  status: AppointmentStatus;
  sequence: number;
  createdAt: string;
  updatedAt: string;
  contactName: string;
  serviceName: string;
  providerName: string;
  locationName: string;
  address: string | null;
};

const dayMs = 86_400_000;
const most = 2000;

/** A user's visits from 90 days ago for a year on: those they give, and those of the people they look after. */
export async function feedVisits(db: Pick<Queries, "all">, owner: FeedOwner, now: Date): Promise<FeedVisit[]> {
  const from = new Date(now.getTime() - 90 * dayMs).toISOString();
  const to = new Date(now.getTime() + 365 * dayMs).toISOString();
  return db.all(visitsOf({ ...owner, from, to, count: most }));
}

const visitsOf = prepared<FeedOwner & { from: string; to: string; count: number }>()(
  (_db, arg) => sql<FeedVisit>`
    with mine as (
      (select a.id, a.starts_at from providers p join appointments a on a.company_id = p.company_id and a.provider_id = p.id
        where p.company_id = ${arg("companyId")}::bigint and p.user_id = ${arg("userId")}::bigint and a.deleted_at is null
          and a.starts_at >= ${arg("from")}::timestamptz and a.starts_at < ${arg("to")}::timestamptz
        order by a.starts_at, a.id limit ${arg("count")}::int)
      union
      (select a.id, a.starts_at from contacts c join appointments a on a.company_id = c.company_id and a.contact_id = c.id
        where c.company_id = ${arg("companyId")}::bigint and c.owner_user_id = ${arg("userId")}::bigint and c.deleted_at is null
          and a.deleted_at is null
          and a.starts_at >= ${arg("from")}::timestamptz and a.starts_at < ${arg("to")}::timestamptz
        order by a.starts_at, a.id limit ${arg("count")}::int)
      order by starts_at, id limit ${arg("count")}::int
    )
    select a.id, a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.sequence, a.created_at as "createdAt",
      a.updated_at as "updatedAt", c.name as "contactName", s.name as "serviceName", p.name as "providerName",
      l.name as "locationName", l.address
    from mine m join appointments a on a.company_id = ${arg("companyId")}::bigint and a.id = m.id
    left join contacts c on c.company_id = a.company_id and c.id = a.contact_id
    left join services s on s.company_id = a.company_id and s.id = a.service_id
    left join providers p on p.company_id = a.company_id and p.id = a.provider_id
    left join locations l on l.company_id = a.company_id and l.id = a.location_id
    order by a.starts_at, a.id`,
);
