import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Drops notifications written before that time, with their pushes, and the mails that went before it; how many at most of each. */
export async function dropOldNotifications(db: Db, before: Date, limit: number): Promise<number> {
  const args = { before: before.toISOString(), limit };
  const dropped = await db.run(dropNotifications(args));
  const mails = await db.run(dropMails(args));
  return Math.max(dropped, mails);
}

const dropNotifications = prepared<{ before: string; limit: number }>()(
  (_db, arg) => sql<never>`
    delete from notifications n using (
      select company_id, id from notifications where created_at < ${arg("before")}::timestamptz limit ${arg("limit")}::int
    ) old
    where n.company_id = old.company_id and n.id = old.id`,
);

const dropMails = prepared<{ before: string; limit: number }>()(
  (_db, arg) => sql<never>`
    delete from notification_mails m using (
      select company_id, id from notification_mails where finished_at < ${arg("before")}::timestamptz limit ${arg("limit")}::int
    ) old
    where m.company_id = old.company_id and m.id = old.id`,
);
