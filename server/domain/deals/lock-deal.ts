import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** Two edits of one deal come one after the other. */
export async function lockDeal(tx: TxCtx, dealId: number): Promise<void> {
  const row = await tx.tx.first(dealForUpdate({ companyId: tx.companyId, dealId }));
  if (!row) throw notFound("deal", dealId);
}

const dealForUpdate = prepared<{ companyId: number; dealId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from deals
    where company_id = ${arg("companyId")}::bigint and id = ${arg("dealId")}::bigint and deleted_at is null for update`,
);
