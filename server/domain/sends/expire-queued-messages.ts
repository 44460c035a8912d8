import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/**
 * These messages have become pointless: the outbox cancels them when their turn comes instead of sending them. Touches no conversation,
 * so that whoever holds other rows may call it without waiting for those who write messages.
 */
export async function expireQueuedMessages(tx: TxCtx, messageIds: number[]): Promise<void> {
  if (messageIds.length === 0) return;
  await tx.tx.run(expireNow({ companyId: tx.companyId, messageIds, now: tx.now().toISOString() }));
}

/** A message that has no point after this time, whatever holds it up. */
export async function expireAt(tx: TxCtx, messageId: number, at: Date): Promise<void> {
  await tx.tx.run(expireLater({ companyId: tx.companyId, messageId, at: at.toISOString() }));
}

const expireNow = prepared<{ companyId: number; messageIds: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set expires_at = ${arg("now")}::timestamptz, next_attempt_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and message_id = any(${arg("messageIds")}::bigint[]) and state = 'queued'`,
);

const expireLater = prepared<{ companyId: number; messageId: number; at: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set expires_at = ${arg("at")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint and state = 'queued'`,
);
