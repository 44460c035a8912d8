import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { type Notice, notifyTeamOfMany } from "../notifications/notify-team.ts";

const toldBeforeMs = 15 * 60_000;
/** What was planned longer ago is history: a plan that was typed in, or one that nobody was there to announce. */
const stillNewsMs = 60 * 60_000;

/**
 * Announces calls and meetings that are about to begin, over all companies, to who planned them, or else to whose lead or person it
 * is, or else to the team; each once for each time. As many as the limit means that there may be more.
 */
export async function announcePlanned(db: Db, now: Date, limit: number): Promise<number> {
  return db.transaction(async (queries) => {
    const until = new Date(now.getTime() + toldBeforeMs).toISOString();
    const planned = await queries.all(claimPlanned({ now: now.toISOString(), until, limit }));
    const news = planned.filter((one) => one.known && Date.parse(one.scheduledAt) > now.getTime() - stillNewsMs);
    for (const [companyId, own] of Map.groupBy(news, (one) => one.companyId)) {
      const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
      await notifyTeamOfMany(tx, own.map(noticeOf));
    }
    return planned.length;
  });
}

type Planned = {
  companyId: number;
  id: number;
  activityType: string;
  title: string;
  description: string | null;
  scheduledAt: string;
  contactId: number;
  name: string;
  /** The person is not deleted. */
  known: boolean;
  userId: number | null;
};

function noticeOf(plan: Planned): Notice {
  const isCall = plan.activityType === "call";
  const who = plan.name || "somebody without a name";
  return {
    kind: isCall ? "call.scheduled" : "meeting.scheduled",
    title: isCall ? `Call soon: ${who}` : `Meeting soon: ${who}`,
    body: [plan.title, plan.description].filter(Boolean).join("\n"),
    contactId: plan.contactId,
    subject: { kind: "activity", id: plan.id },
    happensAt: plan.scheduledAt,
    dedupeKey: `activity.scheduled:${plan.id}:${plan.scheduledAt}`,
    userId: plan.userId,
  };
}

const claimPlanned = prepared<{ now: string; until: string; limit: number }>()(
  (_db, arg) => sql<Planned>`
    with planned as materialized (
      select company_id, id from activities
      where status = 'scheduled' and reminded_at is null and deleted_at is null and scheduled_at <= ${arg("until")}::timestamptz
      order by scheduled_at limit ${arg("limit")}::int for update skip locked
    ), claimed as (
      update activities a set reminded_at = ${arg("now")}::timestamptz from planned p
      where a.company_id = p.company_id and a.id = p.id
      returning a.company_id, a.id, a.activity_type, a.title, left(a.description, 300) as description, a.scheduled_at, a.contact_id,
        a.lead_id, a.user_id
    )
    select a.company_id as "companyId", a.id, a.activity_type as "activityType", a.title, a.description,
      a.scheduled_at as "scheduledAt", a.contact_id as "contactId", c.name, c.deleted_at is null as known,
      coalesce(planner.user_id, l.owner_user_id, c.owner_user_id) as "userId"
    from claimed a
    join contacts c on c.company_id = a.company_id and c.id = a.contact_id
    left join leads l on l.company_id = a.company_id and l.id = a.lead_id
    left join memberships planner on planner.company_id = a.company_id and planner.user_id = a.user_id
    order by a.scheduled_at, a.id`,
);
