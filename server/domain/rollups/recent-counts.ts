import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { SharedReadings } from "./shared-readings.ts";
import { trafficBetween } from "./traffic-between.ts";

export type RecentCounts = {
  /** Since midnight where the company is. */
  messagesToday: number;
  messagesIn30Days: number;
  contactsCreatedIn7Days: number;
  /** Living people with a message by WhatsApp in the last 30 days. */
  activeContacts: number;
};

/**
 * Counts of the time up to now, exact to the millisecond: whole quarters of an hour and days come from the rollups, and what of the
 * first one lies inside is counted in the tables' indexes.
 */
export async function recentCounts(ctx: Ctx): Promise<RecentCounts> {
  requireWholeReach(ctx);
  const { companyId } = ctx;
  const row = await readings.read(ctx, String(companyId), () =>
    ctx.db.first(countRecent({ companyId, now: ctx.now().toISOString() })),
  );
  if (!row) throw new Error("a count gave no row");
  return row;
}

const readings = new SharedReadings<RecentCounts | undefined>();

const countRecent = prepared<{ companyId: number; now: string }>()((_db, arg) => {
  const companyId = sql`${arg("companyId")}::bigint`;
  const since = (from: RawBuilder<unknown>, value: RawBuilder<unknown>) => sql`
    (select coalesce(sum(${value}), 0) from (${trafficBetween(companyId, from, sql`'infinity'::timestamptz`)}) t)`;
  return sql<RecentCounts>`
    with starts as materialized (
      select t.now - interval '30 days' as month_at, t.now - interval '7 days' as week_at,
        date_trunc('day', t.now, s.time_zone) as today_at
      from (select ${arg("now")}::timestamptz(3) as now) t
      join company_settings s on s.company_id = ${companyId}
    ), b as materialized (
      select s.*, rollup_bucket(15, month_at) + interval '15 minutes' as whole_month_at,
        rollup_bucket(15, week_at) + interval '15 minutes' as whole_week_at, (month_at at time zone 'UTC')::date as month_on
      from starts s
    )
    select ${since(sql`b.today_at`, sql`sent + received`)}::bigint as "messagesToday",
      (${since(sql`b.whole_month_at`, sql`sent + received`)} + (
        select count(*) from messages m where m.company_id = ${companyId} and m.sent_at >= b.month_at and m.sent_at < b.whole_month_at
          and not is_mail_account(m.company_id, m.channel_account_id)
      ))::bigint as "messagesIn30Days",
      (${since(sql`b.whole_week_at`, sql`contacts_created`)} + (
        select count(*) from contacts c where c.company_id = ${companyId} and c.deleted_at is null
          and c.created_at >= b.week_at and c.created_at < b.whole_week_at
      ))::bigint as "contactsCreatedIn7Days",
      (
        (select coalesce(sum(a.people), 0) from activity_rollups a where a.company_id = ${companyId} and a.active_on > b.month_on)
        + (
          select count(*) from contact_inbox i where i.company_id = ${companyId} and not i.contact_deleted
            and i.last_chat_at >= b.month_at and i.last_chat_at < (b.month_on + 1)::timestamp at time zone 'UTC'
        )
      )::bigint as "activeContacts"
    from b`;
});
