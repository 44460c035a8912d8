import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { BatchResult } from "./queue-batch.ts";
import { decisionOf, type StoredDecision } from "./stored-decision.ts";

/** What was queued under these keys before. */
export async function sentOnce(tx: TxCtx, keys: string[]): Promise<Map<string, BatchResult>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.tx.all(selectByKeys({ companyId: tx.companyId, keys }));
  return new Map(rows.map((row) => [row.key, { messageId: row.messageId, decision: decisionOf(row.decision) }]));
}

const selectByKeys = prepared<{ companyId: number; keys: string[] }>()(
  (_db, arg) => sql<{ key: string; messageId: number; decision: StoredDecision }>`
    select once_key as key, message_id as "messageId", decision from outbound_sends
    where company_id = ${arg("companyId")}::bigint and once_key = any(${arg("keys")}::text[])`,
);
