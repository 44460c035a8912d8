import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** What still waits for an endpoint will not be sent; a replay takes it up again. */
export async function failWaiting(tx: TxCtx, webhookId: number, error: string): Promise<void> {
  await tx.tx.run(failQueued({ companyId: tx.companyId, webhookId, error, now: tx.now().toISOString() }));
}

const failQueued = prepared<{ companyId: number; webhookId: number; error: string; now: string }>()(
  (_db, arg) => sql<never>`
    update webhook_deliveries set state = 'failed', error = ${arg("error")}::text, finished_at = ${arg("now")}::timestamptz,
      lease_expires_at = null
    where company_id = ${arg("companyId")}::bigint and endpoint_id = ${arg("webhookId")}::bigint and state = 'queued'`,
);
