import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { DomainError, notFound } from "../domain-error.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

export type HeldSend = {
  id: number;
  state: "queued" | "sending" | "unknown" | "accepted" | "failed" | "cancelled";
};

/** The outbox row of a message, held until the end of the transaction, so that no worker takes it meanwhile. */
export async function holdSend(tx: TxCtx, messageId: number): Promise<HeldSend> {
  const row = await tx.tx.first(lockSend({ companyId: tx.companyId, messageId, ...reachArgs(tx) }));
  if (!row) throw notFound("message", messageId);
  return row;
}

export function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}

const lockSend = prepared<{ companyId: number; messageId: number } & ReachArgs>()(
  (_db, arg) => sql<HeldSend>`
    select id, state from outbound_sends
    where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint
      and ${personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` })} for update`,
);
