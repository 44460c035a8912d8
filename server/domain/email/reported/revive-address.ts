import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";

/** An address that proved to work takes mail again. What somebody asked for, by a complaint or by leaving the list, stands. */
export async function reviveAddress(tx: TxCtx, address: string): Promise<void> {
  await tx.tx.run(dropBounces({ companyId: tx.companyId, address }));
}

const dropBounces = prepared<{ companyId: number; address: string }>()(
  (_db, arg) => sql<never>`
    delete from email_suppressions
    where company_id = ${arg("companyId")}::bigint and address = ${arg("address")}::text and reason in ('hard_bounce', 'soft_bounces')`,
);
