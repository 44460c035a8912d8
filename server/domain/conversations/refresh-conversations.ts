import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { countMessages } from "../contacts/refresh-messaged.ts";
import type { TxCtx } from "../context.ts";
import { leftAt } from "./has-left.ts";
import type { ReceivedMessage } from "./receive-messages.ts";

/**
 * Brings what stands on the conversations and on their people up to date with new messages: last message (by the provider's time,
 * whatever the order of arrival), unread count, the 24-hour window. A message written on the phone means that everything was read.
 */
export async function refreshConversations(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  if (received.length === 0) return;
  await tx.tx.run(updateConversations({ companyId: tx.companyId, messageIds: received.map(({ id }) => id) }));
  await countMessages(tx, received);
}

// A mail opens no window: only WhatsApp has one.
const updateConversations = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<never>`
    with news as materialized (
      select id, conversation_id, direction, origin, type, text, sent_at, payload ? 'referral' as by_ad, ${leftAt(sql`now()`)} as left_at
      from messages m
      where company_id = ${arg("companyId")} and id = any(${arg("messageIds")}::bigint[])
    ), totals as (
      select conversation_id,
        count(*) filter (where direction = 'in' and origin = 'person' and type <> 'reaction') as unread,
        max(sent_at) filter (where direction = 'in' and origin = 'person') as last_inbound_at,
        max(sent_at) filter (where direction = 'in' and origin = 'person' and by_ad) as last_referred_at,
        max(sent_at) filter (where direction = 'in' and origin = 'person' and type <> 'email') as last_windowed_at,
        max(left_at) as last_outbound_at,
        max(sent_at) as newest_at, coalesce(bool_or(origin = 'echo'), false) as answered_on_phone
      from news group by conversation_id
    ), newest as (
      select distinct on (conversation_id) conversation_id, id, direction, type, text, sent_at
      from news where type <> 'reaction' order by conversation_id, sent_at desc, id desc
    )
    update conversations c set
      unread_count = case when t.answered_on_phone then 0 else c.unread_count end + t.unread,
      last_message_id = case when n.sent_at >= coalesce(c.last_message_at, '-infinity') then n.id else c.last_message_id end,
      last_message_text = case when n.sent_at >= coalesce(c.last_message_at, '-infinity') then left(n.text, 300) else c.last_message_text end,
      last_message_type = case when n.sent_at >= coalesce(c.last_message_at, '-infinity') then n.type else c.last_message_type end,
      last_message_direction = case when n.sent_at >= coalesce(c.last_message_at, '-infinity') then n.direction else c.last_message_direction end,
      last_message_at = coalesce(greatest(c.last_message_at, n.sent_at), t.newest_at),
      last_inbound_at = greatest(c.last_inbound_at, t.last_inbound_at),
      last_outbound_at = greatest(c.last_outbound_at, t.last_outbound_at),
      window_expires_at = greatest(c.window_expires_at, t.last_windowed_at + interval '24 hours'),
      free_entry_expires_at = greatest(c.free_entry_expires_at, t.last_referred_at + interval '72 hours'),
      status = case when t.unread > 0 then 'open' else c.status end,
      snoozed_until = case when t.unread > 0 then null else c.snoozed_until end,
      closed_at = case when t.unread > 0 then null else c.closed_at end,
      version = c.version + 1,
      updated_at = now()
    from totals t left join newest n using (conversation_id)
    where c.company_id = ${arg("companyId")} and c.id = t.conversation_id`,
);
