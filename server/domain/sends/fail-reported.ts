import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { writeEnds } from "./outbox/write-ends.ts";

export type ReportedFailure = { messageId: number; reason: string; error: JsonObject };

/** A mail that a server took came back: it failed after all, and does not go again. Nothing happens to one that is still to leave. */
export async function failReported(tx: TxCtx, { messageId, reason, error }: ReportedFailure): Promise<void> {
  const send = await tx.tx.first(lockSend({ companyId: tx.companyId, messageId }));
  if (!send) return;
  await writeEnds(tx, [{ sendId: send.id, messageId, end: { state: "failed", reason, errorClass: "never", error } }]);
}

const lockSend = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from outbound_sends
    where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint
      and state in ('accepted', 'unknown', 'sending') for update`,
);
