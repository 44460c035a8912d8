import { type RawBuilder, sql } from "kysely";

/**
 * Whether a message, the row `m`, is one of ours that left. WhatsApp takes many that cannot be delivered and tells so later: there only
 * its word that it sent one counts. A mail server says nothing after it took a mail. What the phone wrote left unless it says otherwise.
 */
export const hasLeft = sql<boolean>`(m.direction = 'out' and (m.status in ('sent', 'delivered', 'read', 'played')
  or m.status = 'accepted' and m.type = 'email' or m.origin in ('echo', 'history') and m.status <> 'failed')) is true`;

/** When it did; vendors' clocks go wrong, and nothing left after now. Null where it did not leave. */
export function leftAt(now: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`case when ${hasLeft} then least(case when m.origin in ('echo', 'history') then m.sent_at
    else coalesce(case when m.type = 'email' then m.accepted_at end,
      m.status_sent_at, m.delivered_at, m.read_at, m.played_at, m.accepted_at, m.sent_at) end, ${now}) end`;
}
