import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { refuseSecondLead } from "./duplicate-lead.ts";

/**
 * Before a lead is opened for a person whom the caller holds: one that became a deal ends here, because the deal goes on without it;
 * any other open one refuses.
 */
export async function makeRoomForLead(tx: TxCtx, contactId: number): Promise<void> {
  await refuseSecondLead(tx, contactId);
  await tx.tx.run(closeConverted({ companyId: tx.companyId, contactId, now: tx.now().toISOString() }));
}

const closeConverted = prepared<{ companyId: number; contactId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update leads set closed_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and closed_at is null and deleted_at is null and converted_at is not null`,
);
