import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { attachmentsByIds } from "./get-attachment.ts";

/** Mail servers commonly take 25 MB, and base64 adds a third. */
const mostBytes = 18 * 1024 * 1024;

/** Refuses files that are not there, that the caller may not see, or that are too much for one mail. */
export async function requireAttachments(tx: TxCtx, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  const files = await attachmentsByIds(tx, ids);
  const known = new Set(files.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw invalid("attachmentIds", `there is no file ${missing}`);
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes > mostBytes) throw invalid("attachmentIds", "the files of a mail may have 18 MB together");
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
