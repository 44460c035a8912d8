import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { onlyRow } from "../../db/only-row.ts";
import { prepared } from "../../db/prepared.ts";
import { secondsSinceSql } from "../seconds-since-sql.ts";

export type ReminderBacklog = {
  /** Due five minutes ago or longer and not sent on; up to 10,000, more is the same news. */
  overdue: number;
  oldest_seconds: number | null;
  /** People who could not be reminded in the last day; their teams were told. */
  failed: number;
  failed_oldest_seconds: number | null;
};

/** How visits of all companies are reminded of. */
export async function reminderBacklog(db: Pick<Queries, "first">): Promise<ReminderBacklog> {
  return onlyRow(db, selectBacklog({}));
}

const selectBacklog = prepared<object>()(
  () => sql<ReminderBacklog>`
    with late as (
      select due_at from appointment_reminders where state = 'waiting' and due_at < now() - interval '5 minutes'
      order by due_at limit 10000
    ), failed as (
      select settled_at from appointment_reminders where state = 'failed' and settled_at > now() - interval '1 day'
      order by settled_at limit 10000
    )
    select count(*)::int as overdue, ${secondsSinceSql(sql`min(due_at)`)} as oldest_seconds,
      (select count(*)::int from failed) as failed,
      (select ${secondsSinceSql(sql`min(settled_at)`)} from failed) as failed_oldest_seconds
    from late`,
);
