import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Drops statuses and changes whose message never came, so many of each. Returns the larger number. */
export async function sweepEarly(db: Db, before: Date, limit: number): Promise<number> {
  const oldest = { before: before.toISOString(), limit };
  return Math.max(await db.run(deleteStatuses(oldest)), await db.run(deleteChanges(oldest)));
}

const deleteStatuses = prepared<{ before: string; limit: number }>()(
  (_db, arg) => sql<never>`
    delete from early_statuses where (company_id, channel_account_id, provider_id, status) in (
      select company_id, channel_account_id, provider_id, status from early_statuses
      where created_at < ${arg("before")}::timestamptz limit ${arg("limit")}::int)`,
);

const deleteChanges = prepared<{ before: string; limit: number }>()(
  (_db, arg) => sql<never>`
    delete from early_message_changes where (company_id, channel_account_id, provider_id) in (
      select company_id, channel_account_id, provider_id from early_message_changes
      where created_at < ${arg("before")}::timestamptz limit ${arg("limit")}::int)`,
);
