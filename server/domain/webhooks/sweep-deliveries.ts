import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Drops the delivery log before a time, and what waited longer than that for an endpoint that is paused or deleted. */
export async function dropOldWebhookDeliveries(db: Db, before: Date, batch: number): Promise<number> {
  return db.run(deleteOld({ before: before.toISOString(), batch }));
}

const deleteOld = prepared<{ before: string; batch: number }>()(
  (_db, arg) => sql<never>`
    delete from webhook_deliveries d using (
      select company_id, id from webhook_deliveries where created_at < ${arg("before")}::timestamptz
      order by created_at limit ${arg("batch")}::int for update skip locked
    ) old
    where d.company_id = old.company_id and d.id = old.id`,
);
