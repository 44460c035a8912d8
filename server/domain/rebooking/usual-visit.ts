import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

/** What somebody comes for, where, with whom and when, by the last ten visits that took place; and who they are. */
export type UsualVisit = {
  /** The last visit: buttons name it. */
  id: number;
  contactId: number;
  contactName: string;
  firstName: string;
  language: string | null;
  lastAccountId: number | null;
  serviceId: number;
  serviceName: string;
  providerId: number;
  providerName: string;
  locationId: number;
  locationName: string;
  timeZone: string;
  /** The last time they came on their usual weekday and hour. */
  startsAt: string;
  /** The time to come again is over, by their rhythm and the company's calendar. */
  isOverdue: boolean;
};

/** By person; who was never here is not among them. */
export async function usualVisits(ctx: Ctx, contactIds: number[]): Promise<Map<number, UsualVisit>> {
  if (contactIds.length === 0) return new Map();
  const rows = await ctx.db.all(
    usualOf({ companyId: ctx.companyId, contactIds, now: ctx.now().toISOString(), ...reachArgs(ctx) }),
  );
  return new Map(rows.map((row) => [row.contactId, row]));
}

// Of what is equally usual the latest counts.
const usualOf = prepared<{ companyId: number; contactIds: number[]; now: string } & ReachArgs>()(
  (_db, arg) => sql<UsualVisit>`
    select v.id, c.id as "contactId", c.name as "contactName", c.first_name as "firstName", c.language,
      (select n.channel_account_id from conversations n where n.company_id = c.company_id and n.contact_id = c.id
        and n.last_message_at is not null order by n.last_message_at desc limit 1) as "lastAccountId",
      s.id as "serviceId", s.name as "serviceName", p.id as "providerId", p.name as "providerName", l.id as "locationId",
      l.name as "locationName", l.time_zone as "timeZone", v.starts_at as "startsAt",
      coalesce((select r.due_until_on < (${arg("now")}::timestamptz at time zone t.time_zone)::date
        from customer_records r join company_settings t on t.company_id = r.company_id
        where r.company_id = c.company_id and r.contact_id = c.id), false) as "isOverdue"
    from contacts c
    cross join lateral (
      with last as materialized (
        select a.id, a.service_id, a.provider_id, a.location_id, a.starts_at,
          to_char(a.starts_at at time zone l.time_zone, 'ID HH24') as hour
        from appointments a join locations l on l.company_id = a.company_id and l.id = a.location_id
        where a.company_id = c.company_id and a.contact_id = c.id and a.deleted_at is null and a.status = 'completed'
        order by a.starts_at desc, a.id desc limit 10
      )
      select (select max(id) filter (where starts_at = (select max(starts_at) from last)) from last) as id,
        (select service_id from last group by 1 order by count(*) desc, max(starts_at) desc limit 1) as service_id,
        (select provider_id from last group by 1 order by count(*) desc, max(starts_at) desc limit 1) as provider_id,
        (select location_id from last group by 1 order by count(*) desc, max(starts_at) desc limit 1) as location_id,
        (select max(starts_at) from last group by hour order by count(*) desc, max(starts_at) desc limit 1) as starts_at
    ) v
    join services s on s.company_id = c.company_id and s.id = v.service_id
    join providers p on p.company_id = c.company_id and p.id = v.provider_id
    join locations l on l.company_id = c.company_id and l.id = v.location_id
    where c.company_id = ${arg("companyId")}::bigint and c.id = any(${arg("contactIds")}::bigint[]) and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
