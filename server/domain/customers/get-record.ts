import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type CustomerRecord, statisticsColumns } from "./customer-record.ts";

/** A person's record; version 0 where nothing was ever written down. */
export async function getRecord(ctx: Ctx, contactId: number): Promise<CustomerRecord> {
  const row = await ctx.db.first(
    recordOf({ companyId: ctx.companyId, contactId, now: ctx.now().toISOString(), ...reachArgs(ctx) }),
  );
  if (!row) throw notFound("contact", contactId);
  return row;
}

const recordOf = prepared<{ companyId: number; contactId: number; now: string } & ReachArgs>()(
  (_db, arg) => sql<CustomerRecord>`
    select c.id as "contactId", coalesce(r.customer_status, 'new') as "customerStatus", r.notes,
      coalesce(r.preferences, '{}') as preferences, r.follow_up_after_days as "followUpAfterDays", c.owner_user_id as "ownerUserId",
      c.last_contacted_at as "lastContactedAt", ${statisticsColumns}, n.starts_at as "nextAppointmentAt",
      coalesce(r.loyalty_points, 0) as "loyaltyPoints", coalesce(r.loyalty_earned, 0) as "loyaltyEarned",
      coalesce(r.version, 0) as version, coalesce(r.updated_at, c.created_at) as "updatedAt"
    from contacts c
    left join customer_records r on r.company_id = c.company_id and r.contact_id = c.id
    left join lateral (
      select a.starts_at from appointments a
      where a.company_id = c.company_id and a.contact_id = c.id and a.deleted_at is null and a.status in ('booked', 'confirmed')
        and a.starts_at >= ${arg("now")}::timestamptz
      order by a.starts_at, a.id limit 1
    ) n on true
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("contactId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
