import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { attachmentsByIds } from "./get-attachment.ts";

/** Refuses files that are not there, or that the caller may not see. */
export async function requireAttachments(tx: TxCtx, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  const known = new Set((await attachmentsByIds(tx, ids)).map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw invalid("attachmentIds", `there is no file ${missing}`);
}

/** Files that leave with a mail belong to it from then on; one that went with a mail before stays with the first. */
export async function keepWithMessage(tx: TxCtx, ids: number[], messageId: number): Promise<void> {
  if (ids.length > 0) await tx.tx.run(writeMessage({ companyId: tx.companyId, ids, messageId }));
}

const writeMessage = prepared<{ companyId: number; ids: number[]; messageId: number }>()(
  (_db, arg) => sql<never>`
    update attachments set message_id = ${arg("messageId")}::bigint
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[]) and message_id is null`,
);
