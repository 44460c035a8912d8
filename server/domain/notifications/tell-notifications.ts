import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { queueMails } from "./queue-mails.ts";
import { queuePushes } from "./queue-pushes.ts";

/** A notification whose reader, mail and browsers are to hear of it. */
export type Untold = {
  companyId: number;
  id: number;
  userId: number;
  inApp: boolean;
  email: "off" | "digest" | "immediately";
  push: boolean;
  timeZone: string;
  quietFrom: number | null;
  quietUntil: number | null;
  digestAt: number;
};

/**
 * Passes on what was written since the last time: live to its reader, and to the queues of mail and push. Told is told in the same
 * transaction, so each goes once, however many processes and crashes there are. Gives how many it took.
 */
export async function tellNotifications(db: Db, now: Date, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const untold = await tx.all(claimUntold({ now: now.toISOString(), limit }));
    if (untold.length === 0) return 0;
    await tellLive(db, tx, untold, now);
    await queueMails(tx, untold, now);
    await queuePushes(tx, untold, now);
    return untold.length;
  });
}

// One event for each reader and batch: a storm of new leads must not become a storm in the journal.
async function tellLive(db: Db, queries: Queries, untold: Untold[], now: Date): Promise<void> {
  const shown = untold.filter(({ inApp }) => inApp);
  for (const [companyId, own] of Map.groupBy(shown, (one) => one.companyId)) {
    const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
    const readers = [...Map.groupBy(own, (one) => one.userId)];
    await recordEvents(
      tx,
      readers.map(([userId, theirs]) => ({
        type: "notification.created",
        subject: { kind: "user", id: userId },
        data: { notificationIds: theirs.slice(0, 100).map(({ id }) => id), count: theirs.length },
      })),
    );
  }
}

const claimUntold = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<Untold>`
    with untold as materialized (
      select company_id, id from notifications where told_at is null order by id limit ${arg("limit")}::int for update skip locked
    ), told as (
      update notifications n set told_at = ${arg("now")}::timestamptz from untold u
      where n.company_id = u.company_id and n.id = u.id
      returning n.company_id, n.id, n.user_id, n.in_app, n.email, n.push
    )
    select t.company_id as "companyId", t.id, t.user_id as "userId", t.in_app as "inApp", t.email, t.push,
      coalesce(s.time_zone, c.time_zone, 'UTC') as "timeZone", s.quiet_from as "quietFrom", s.quiet_until as "quietUntil",
      coalesce(s.digest_at, 480) as "digestAt"
    from told t
    left join notification_settings s on s.company_id = t.company_id and s.user_id = t.user_id
    left join company_settings c on c.company_id = t.company_id
    order by t.id`,
);
