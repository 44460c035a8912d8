import { sql } from "kysely";
import type { Db } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";
import { dropOldDeliveries } from "../domain/conversations/claim-deliveries.ts";
import { sweepAccounts } from "../domain/accounts/sweep-accounts.ts";

const batch = 5_000;
const dayMs = 86_400_000;
/** Meta retries for up to seven days; a month leaves time to mend a parser and replay. */
const keepDeliveriesMs = 30 * dayMs;

/** Drops what has had its day, in bounded batches: processed webhook bodies, expired keys, sessions and limits. */
export async function sweep(db: Db): Promise<void> {
  const before = new Date(Date.now() - keepDeliveriesMs);
  while ((await dropOldDeliveries(db, before, batch)) === batch);
  while ((await db.run(dropIdempotencyKeys({ limit: batch }))) === batch);
  await sweepAccounts(db);
}

const dropIdempotencyKeys = prepared<{ limit: number }>()(
  (_db, arg) => sql<never>`
    delete from idempotency_keys where (company_id, key_hash) in (
      select company_id, key_hash from idempotency_keys where expires_at < now() limit ${arg("limit")})`,
);
