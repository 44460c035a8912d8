import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/**
 * A deleted lead takes its tasks along: they bear its time, by which they come back with it. What a visit made goes on without a lead,
 * because the visit does.
 */
export async function hideTasksOfLead(tx: TxCtx, leadId: number, deletedAt: string): Promise<void> {
  await tx.tx.run(leaveVisits({ companyId: tx.companyId, leadId }));
  await tx.tx.run(hide({ companyId: tx.companyId, leadId, deletedAt }));
}

export async function showTasksOfLead(tx: TxCtx, leadId: number, deletedAt: string): Promise<void> {
  await tx.tx.run(show({ companyId: tx.companyId, leadId, deletedAt }));
}

type Args = { companyId: number; leadId: number; deletedAt: string };

const leaveVisits = prepared<{ companyId: number; leadId: number }>()(
  (_db, arg) => sql<never>`
    update tasks set lead_id = null, version = version + 1
    where company_id = ${arg("companyId")}::bigint and lead_id = ${arg("leadId")}::bigint and deleted_at is null
      and appointment_id is not null and origin_key is not null`,
);

const hide = prepared<Args>()(
  (_db, arg) => sql<never>`
    update tasks set deleted_at = ${arg("deletedAt")}::timestamptz, version = version + 1
    where company_id = ${arg("companyId")}::bigint and lead_id = ${arg("leadId")}::bigint and deleted_at is null`,
);

const show = prepared<Args>()(
  (_db, arg) => sql<never>`
    update tasks set deleted_at = null, version = version + 1
    where company_id = ${arg("companyId")}::bigint and lead_id = ${arg("leadId")}::bigint
      and deleted_at = ${arg("deletedAt")}::timestamptz`,
);
