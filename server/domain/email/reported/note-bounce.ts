import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { Bounce } from "../email.ts";

/** Writes on a mail of ours what its server told of it. The last word stands; all of them are in `email_reports`. */
export async function noteBounce(tx: TxCtx, messageId: number, bounce: Bounce): Promise<void> {
  await tx.tx.run(writeBounce({ companyId: tx.companyId, messageId, bounce: JSON.stringify(bounce) }));
}

const writeBounce = prepared<{ companyId: number; messageId: number; bounce: string }>()(
  (_db, arg) => sql<never>`
    update emails set bounce = ${arg("bounce")}::jsonb
    where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint`,
);
