import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { refuseSecondLead } from "./duplicate-lead.ts";

/**
 * Before a lead is opened for a person whom the caller holds: one that became a deal ends here, because the deal goes on without it;
 * any other open one refuses.
 */
export async function makeRoomForLead(tx: TxCtx, contactId: number): Promise<void> {
  await refuseSecondLead(tx, contactId);
  const closedAt = tx.now().toISOString();
  const ended = await tx.tx.all(closeConverted({ companyId: tx.companyId, contactId, closedAt }));
  await recordEvents(
    tx,
    ended.map(({ id }) => ({
      ...{ type: "lead.updated", subject: { kind: "lead", id }, contactId },
      ...{ before: { closedAt: null }, after: { closedAt } },
    })),
  );
}

const closeConverted = prepared<{ companyId: number; contactId: number; closedAt: string }>()(
  (_db, arg) => sql<{ id: number }>`
    update leads set closed_at = ${arg("closedAt")}::timestamptz, version = version + 1, updated_at = ${arg("closedAt")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and closed_at is null and deleted_at is null and converted_at is not null
    returning id`,
);
