import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { SendDecision } from "../policy/send-decision.ts";
import { decisionOf, type StoredDecision } from "./stored-decision.ts";

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
  const row = await ctx.db.first(selectSend({ companyId: ctx.companyId, messageId, now: ctx.now().toISOString() }));
  return row && { ...row, decision: decisionOf(row.decision) };
}

// While the number pauses, that is why everything of it waits.
const selectSend = prepared<{ companyId: number; messageId: number; now: string }>()(
  (_db, arg) => sql<Omit<Send, "decision"> & { decision: StoredDecision }>`
    select s.message_id as "messageId", s.state, s.purpose, s.attempts,
      case when s.state = 'queued' then greatest(s.next_attempt_at, p.until) when s.state = 'unknown' then s.next_attempt_at end as "nextAttemptAt",
      case when s.state = 'queued' then coalesce(p.reason, s.waiting_reason) when s.state = 'unknown' then s.waiting_reason end as "waitingReason",
      s.error_class as "errorClass", s.called_at as "calledAt", s.accepted_at as "acceptedAt", s.price, s.price_currency as "priceCurrency",
      s.decision
    from outbound_sends s
    left join lateral (
      select paused_until as until, pause_reason as reason from number_rates r
      where r.company_id = s.company_id and r.channel_account_id = s.channel_account_id
        and r.paused_until > ${arg("now")}::timestamptz and isfinite(r.paused_until)
    ) p on true
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = ${arg("messageId")}::bigint`,
);
