import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/**
 * Notes that a person was contacted; an earlier time than the known one changes nothing. Nobody was contacted in the future, whatever was
 * written: such a person would be out of the follow-up list until then.
 */
export async function touchContacted(tx: TxCtx, contactId: number, at: Date): Promise<void> {
  const known = Math.min(at.getTime(), tx.now().getTime());
  await tx.tx.run(writeContacted({ companyId: tx.companyId, contactId, at: new Date(known).toISOString() }));
}

const writeContacted = prepared<{ companyId: number; contactId: number; at: string }>()(
  (_db, arg) => sql<never>`
    update contacts set last_contacted_at = ${arg("at")}::timestamptz, version = version + 1
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null
      and (last_contacted_at is null or last_contacted_at < ${arg("at")}::timestamptz)`,
);
