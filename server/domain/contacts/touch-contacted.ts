import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Notes that a person was contacted; an earlier time than the known one changes nothing. */
export async function touchContacted(tx: TxCtx, contactId: number, at: Date): Promise<void> {
  await tx.tx.run(writeContacted({ companyId: tx.companyId, contactId, at: at.toISOString() }));
}

const writeContacted = prepared<{ companyId: number; contactId: number; at: string }>()(
  (_db, arg) => sql<never>`
    update contacts set last_contacted_at = ${arg("at")}::timestamptz, version = version + 1
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null
      and (last_contacted_at is null or last_contacted_at < ${arg("at")}::timestamptz)`,
);
