import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recountedSet } from "./recount-columns.ts";

/**
 * Counts a person's record anew from their visits and points. The caller holds the record (lockRecord) since before the change:
 * this statement then sees every visit that was ever committed, and two changes cannot write over each other's counts.
 */
export async function refreshRecord(tx: TxCtx, contactId: number): Promise<void> {
  await tx.tx.run(recount({ companyId: tx.companyId, contactId, now: tx.now().toISOString() }));
}

// The version rises with each act, because the record also shows the next visit.
const recount = prepared<{ companyId: number; contactId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update customer_records r set ${recountedSet}, version = r.version + 1, updated_at = ${arg("now")}::timestamptz
    from customer_record_recount x
    where r.company_id = ${arg("companyId")}::bigint and r.contact_id = ${arg("contactId")}::bigint
      and x.company_id = ${arg("companyId")}::bigint and x.contact_id = ${arg("contactId")}::bigint`,
);
