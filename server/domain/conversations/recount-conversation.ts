import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { leftAt } from "./has-left.ts";

/** Makes anew, from its messages, what stands on a conversation: last message, times, window. What is unread is said by the caller. */
export async function recountConversation(tx: TxCtx, id: number, unreadCount: number): Promise<void> {
  await tx.tx.run(recount({ companyId: tx.companyId, id, unreadCount, now: tx.now().toISOString() }));
}

const recount = prepared<{ companyId: number; id: number; unreadCount: number; now: string }>()(
  (_db, arg) => sql<never>`
    update conversations c set
      last_message_id = n.id, last_message_text = left(n.text, 300), last_message_direction = n.direction,
      last_message_type = case when n.revoked_at is null then n.type else 'revoked' end,
      last_message_at = coalesce(n.sent_at, t.newest_at),
      last_inbound_at = t.last_inbound_at,
      last_outbound_at = t.last_outbound_at,
      -- The 72 hours after an ad are free of charge; free text ends with the 24.
      window_expires_at = t.last_inbound_at + interval '24 hours',
      unread_count = ${arg("unreadCount")}::int,
      version = c.version + 1
    from (
      select max(sent_at) as newest_at, max(${leftAt(sql`${arg("now")}::timestamptz`)}) as last_outbound_at,
        max(sent_at) filter (where direction = 'in' and origin = 'person') as last_inbound_at
      from messages m where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("id")}::bigint
    ) t left join lateral (
      select id, text, type, direction, sent_at, revoked_at from messages
      where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("id")}::bigint and type <> 'reaction'
      order by sent_at desc, id desc limit 1
    ) n on true
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("id")}::bigint`,
);
