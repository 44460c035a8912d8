import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { companyTimeZone } from "../policy/facts/company-time-zone.ts";
import { type WaitFacts, type WaitInWords, waitInWords } from "./wait-in-words.ts";

/**
 * Why messages wait and when they go. Found out when somebody looks: what holds a message up mostly happens to those before it, and
 * writing that on each of them would cost the queue a statement for every one that leaves.
 */
export async function waitsOf(ctx: Ctx, messageIds: number[]): Promise<Map<number, WaitInWords>> {
  if (messageIds.length === 0) return new Map();
  const now = ctx.now();
  const rows = await ctx.db.all(queuedOf({ companyId: ctx.companyId, messageIds, now: now.toISOString() }));
  if (rows.length === 0) return new Map();
  const timeZone = await companyTimeZone(ctx);
  return new Map(rows.map((row) => [row.messageId, waitInWords(row, { now, timeZone })]));
}

/** The messages as people see them: one that is queued says why it still waits. */
export async function withWaits<Seen extends { id: number; status: string | null; statusReason: string | null }>(
  ctx: Ctx,
  messages: Seen[],
): Promise<Seen[]> {
  const queued = messages.filter(({ status }) => status === "queued").map(({ id }) => id);
  const waits = await waitsOf(ctx, queued);
  return messages.map((message) => {
    const wait = waits.get(message.id);
    return wait === undefined ? message : { ...message, statusReason: wait.reason };
  });
}

const queuedOf = prepared<{ companyId: number; messageIds: number[]; now: string }>()(
  (_db, arg) => sql<WaitFacts & { messageId: number }>`
    select s.message_id as "messageId", s.next_attempt_at as "nextAttemptAt", s.waiting_reason as "waitingReason",
      greatest(s.next_attempt_at, s.updated_at) as "dueSince", r.messages_per_second as "perSecond",
      case when r.paused_until > ${arg("now")}::timestamptz then r.pause_reason end as "pauseReason",
      case when r.paused_until > ${arg("now")}::timestamptz and isfinite(r.paused_until) then r.paused_until end as "pausedUntil",
      p.next_free_at as "pairFreeAt", b.count as "ahead", b.reason as "reasonAhead", b.at as "aheadAt"
    from outbound_sends s
    left join number_rates r on r.company_id = s.company_id and r.channel_account_id = s.channel_account_id
    left join pair_rates p on p.company_id = s.company_id and p.channel_account_id = s.channel_account_id and p.contact_id = s.contact_id
    cross join lateral (
      select count(*)::int as count, (array_agg(e.waiting_reason order by e.id))[1] as reason, max(e.next_attempt_at) as at
      from outbound_sends e
      where e.company_id = s.company_id and e.conversation_id = s.conversation_id and e.state in ('queued', 'sending')
        and e.id < s.id and (e.state = 'sending' or (e.in_order and e.priority >= s.priority))
    ) b
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = any(${arg("messageIds")}::bigint[]) and s.state = 'queued'`,
);
