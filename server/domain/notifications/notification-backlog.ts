import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { onlyRow } from "../../db/only-row.ts";
import { prepared } from "../../db/prepared.ts";
import { secondsSinceSql } from "../seconds-since-sql.ts";

export type NotificationBacklog = {
  /** Mails and digests that were due five minutes ago or longer; up to 10,000, more is the same news. */
  overdue: number;
  oldest_seconds: number | null;
  /** Mails that were given up in the last day, or of which nobody knows whether they went. */
  mails_failed: number;
  mails_failed_oldest_seconds: number | null;
  /** Pushes that browsers' services refused in the last day. */
  pushes_failed: number;
  pushes_failed_oldest_seconds: number | null;
};

/** How the members of all companies are told; the bell has everything in any case. */
export async function notificationBacklog(db: Pick<Queries, "first">): Promise<NotificationBacklog> {
  return onlyRow(db, selectBacklog({}));
}

const selectBacklog = prepared<object>()(
  () => sql<NotificationBacklog>`
    with late as (
      select due_at as at from notification_mails where state in ('queued', 'sending') and due_at < now() - interval '5 minutes'
      order by due_at limit 10000
    ), mails as (
      select finished_at as at from notification_mails
      where finished_at > now() - interval '1 day' and state in ('failed', 'unknown') order by finished_at limit 10000
    ), pushes as (
      select finished_at as at from push_sends where state = 'failed' and finished_at > now() - interval '1 day'
      order by finished_at limit 10000
    )
    select l.count as overdue, l.seconds as oldest_seconds, m.count as mails_failed, m.seconds as mails_failed_oldest_seconds,
      p.count as pushes_failed, p.seconds as pushes_failed_oldest_seconds
    from (${countAndAge("late")}) l, (${countAndAge("mails")}) m, (${countAndAge("pushes")}) p`,
);

function countAndAge(name: "late" | "mails" | "pushes") {
  return sql`select count(*)::int as count, ${secondsSinceSql(sql`min(at)`)} as seconds from ${sql.ref(name)}`;
}
