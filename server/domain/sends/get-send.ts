import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { SendDecision } from "../policy/send-decision.ts";
import { decisionOf, type StoredDecision } from "./stored-decision.ts";
import { waitsOf } from "./waits-of.ts";

export type Send = {
  messageId: number;
  state: string;
  purpose: string;
  attempts: number;
  /** When it goes, or is looked at, next; null where nothing more will happen by itself. */
  nextAttemptAt: string | null;
  /** Why it waits, in words. */
  waitingReason: string | null;
  errorClass: string | null;
  calledAt: string | null;
  acceptedAt: string | null;
  price: string | null;
  priceCurrency: string | null;
  decision: SendDecision;
};

/** What the outbox knows of a message; undefined for one that never went through it. */
export async function getSend(ctx: Ctx, messageId: number): Promise<Send | undefined> {
  const row = await ctx.db.first(selectSend({ companyId: ctx.companyId, messageId }));
  if (!row) return undefined;
  const send = { ...row, decision: decisionOf(row.decision) };
  const wait = row.state === "queued" ? (await waitsOf(ctx, [messageId])).get(messageId) : undefined;
  return wait === undefined ? send : { ...send, nextAttemptAt: wait.at, waitingReason: wait.reason };
}

const selectSend = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<Omit<Send, "decision"> & { decision: StoredDecision }>`
    select s.message_id as "messageId", s.state, s.purpose, s.attempts,
      case when s.state in ('queued', 'unknown') then s.next_attempt_at end as "nextAttemptAt",
      case when s.state in ('queued', 'unknown') then s.waiting_reason end as "waitingReason",
      s.error_class as "errorClass", s.called_at as "calledAt", s.accepted_at as "acceptedAt", s.price, s.price_currency as "priceCurrency",
      s.decision
    from outbound_sends s
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = ${arg("messageId")}::bigint`,
);
