import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { memberSeesSql } from "../reach/member-sees.ts";

export type ClaimedPush = {
  companyId: number;
  id: number;
  attempts: number;
  subscriptionId: number;
  endpoint: string;
  p256dh: string;
  auth: string;
  notificationId: number;
  further: number;
  title: string;
  subjectKind: string | null;
  subjectId: number | null;
  contactId: number | null;
  masksPhones: boolean;
};

const leaseMs = 60_000;

/**
 * Takes pushes whose time has come. What its reader has read meanwhile is dropped. One whose sender died goes again: it bears the
 * same tag, and a browser shows a tag once.
 */
export async function claimPushes(db: Db, now: Date, limit: number): Promise<ClaimedPush[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs).toISOString();
  const claimed = await db.all(claimDue({ now: now.toISOString(), leaseUntil, limit }));
  return claimed.flatMap(({ wanted, ...push }) => (wanted ? [push] : []));
}

const claimDue = prepared<{ now: string; leaseUntil: string; limit: number }>()(
  (_db, arg) => sql<ClaimedPush & { wanted: boolean }>`
    with due as materialized (
      select p.company_id, p.id from push_sends p
      where p.state in ('queued', 'sending') and p.due_at <= ${arg("now")}::timestamptz
      order by p.due_at limit ${arg("limit")}::int for update skip locked
    ), judged as materialized (
      select p.company_id, p.id, n.title, n.subject_kind, n.subject_id, n.contact_id, s.endpoint, s.p256dh, s.auth,
        n.read_at is null and u.disabled_at is null
          and (n.subject_kind is not distinct from 'task' or ${memberSeesSql(sql`n.contact_id`)}) as wanted,
        exists (select from role_reaches rr where rr.company_id = m.company_id and rr.role = m.role and m.role <> 'admin'
          and rr.phones = 'masked') as masked
      from due
      join push_sends p on p.company_id = due.company_id and p.id = due.id
      join notifications n on n.company_id = p.company_id and n.id = p.notification_id
      join push_subscriptions s on s.company_id = p.company_id and s.id = p.subscription_id
      join memberships m on m.company_id = s.company_id and m.user_id = s.user_id
      join users u on u.id = s.user_id
    )
    update push_sends p set state = case when j.wanted then 'sending' else 'dropped' end,
      attempts = p.attempts + case when j.wanted then 1 else 0 end,
      due_at = ${arg("leaseUntil")}::timestamptz,
      finished_at = case when not j.wanted then ${arg("now")}::timestamptz end
    from judged j where p.company_id = j.company_id and p.id = j.id
    returning p.company_id as "companyId", p.id, p.attempts, p.subscription_id as "subscriptionId", j.endpoint, j.p256dh, j.auth,
      p.notification_id as "notificationId", p.further, j.title, j.subject_kind as "subjectKind", j.subject_id as "subjectId",
      j.contact_id as "contactId", j.masked as "masksPhones", j.wanted`,
);
