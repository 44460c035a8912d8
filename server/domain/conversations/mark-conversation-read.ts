import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { refreshMessaged } from "../contacts/refresh-messaged.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { signalRead } from "../sends/signal-vendor.ts";
import { type Conversation, getConversation } from "./list-conversations.ts";

/**
 * Somebody has seen the thread up to this time. What came in after it stays unread: it may have arrived while the request was on its
 * way. Nothing is written to the journal, because looking changes nothing.
 */
export async function markConversationRead(ctx: Ctx, id: number, upTo: string): Promise<Conversation> {
  return ctx.transact(async (tx) => {
    const read = await tx.tx.first(markRead({ companyId: tx.companyId, id, upTo }));
    if (!read) throw notFound("conversation", id);
    if (read.unreadCount !== read.unreadBefore) {
      await refreshMessaged(tx, [read.contactId]);
      await signalRead(tx, id, upTo);
    }
    return getConversation(tx, id);
  });
}

type Read = { contactId: number; unreadCount: number; unreadBefore: number };

const markRead = prepared<{ companyId: number; id: number; upTo: string }>()(
  (_db, arg) => sql<Read>`
    with held as (
      select company_id, id, unread_count from conversations
      where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update
    )
    update conversations c set
      unread_count = least(held.unread_count, (
        select count(*) from messages m
        where m.company_id = held.company_id and m.conversation_id = held.id and m.sent_at > ${arg("upTo")}::timestamptz
          and m.direction = 'in' and m.origin = 'person' and m.type <> 'reaction'
      )),
      version = c.version + 1,
      updated_at = now()
    from held
    where c.company_id = held.company_id and c.id = held.id
    returning c.contact_id as "contactId", c.unread_count as "unreadCount", held.unread_count as "unreadBefore"`,
);
