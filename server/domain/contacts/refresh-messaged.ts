import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Repeats on the people what stands on their conversations: last message and unread count, with mails and without; when we last wrote. */
export async function refreshMessaged(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length === 0) return;
  await tx.tx.run(updateMessaged({ companyId: tx.companyId, contactIds, conversationIds: [], added: [] }));
}

/**
 * The same, and counts messages that were just stored, one entry each. Whoever stores messages calls it once for them, in the same
 * transaction; the count is never made anew, because a person may have a hundred thousand. Sent without waiting: a failure is the commit's.
 */
export async function countMessages(
  tx: TxCtx,
  messages: { contactId: number; conversationId: number }[],
): Promise<void> {
  if (messages.length === 0) return;
  const contactIds = [...new Set(messages.map(({ contactId }) => contactId))];
  const groups = Map.groupBy(messages, ({ conversationId }) => conversationId);
  const added = [...groups.values()].map((group) => group.length);
  const stored = { companyId: tx.companyId, contactIds, conversationIds: [...groups.keys()], added };
  tx.tx.run(updateMessaged(stored)).catch(() => {});
}

/** Makes it all anew from the messages that are there: after a merge moved them from one person to another. */
export async function recountMessages(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length > 0) await tx.tx.run(recount({ companyId: tx.companyId, contactIds }));
}

type Stored = { companyId: number; contactIds: number[]; conversationIds: number[]; added: number[] };

// A person is written only where we wrote to them since: their row has indexes, this one's columns have none.
const updateMessaged = prepared<Stored>()(
  (_db, arg) => sql<never>`
    with standing as materialized (
      select v.contact_id, max(v.last_message_at) as last_message_at, sum(v.unread_count)::int as unread_count,
        coalesce(sum(n.added), 0)::int as added, max(v.last_outbound_at) as last_outbound_at,
        max(v.last_message_at) filter (where not v.is_mail) as last_chat_at,
        coalesce(sum(v.unread_count) filter (where not v.is_mail), 0)::int as unread_chats,
        coalesce(sum(n.added) filter (where not v.is_mail), 0)::int as chats
      from unnest(${arg("contactIds")}::bigint[]) as r (contact_id)
      join conversations v on v.company_id = ${arg("companyId")}::bigint and v.contact_id = r.contact_id
      left join unnest(${arg("conversationIds")}::bigint[], ${arg("added")}::int[]) as n (conversation_id, added)
        on n.conversation_id = v.id
      group by v.contact_id
    ), contacted as (
      update contacts c set last_contacted_at = s.last_outbound_at from standing s
      where c.company_id = ${arg("companyId")}::bigint and c.id = s.contact_id
        and s.last_outbound_at > coalesce(c.last_contacted_at, '-infinity')
    )
    update contact_inbox i set last_message_at = s.last_message_at, unread_count = s.unread_count,
      message_count = i.message_count + s.added, last_contacted_at = greatest(i.last_contacted_at, s.last_outbound_at),
      last_chat_at = s.last_chat_at, unread_chat_count = s.unread_chats, chat_count = i.chat_count + s.chats
    from standing s where i.company_id = ${arg("companyId")}::bigint and i.contact_id = s.contact_id`,
);

const recount = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<never>`
    update contact_inbox i set last_message_at = v.last_message_at, unread_count = coalesce(v.unread_count, 0), message_count = m.count,
      last_chat_at = v.last_chat_at, unread_chat_count = coalesce(v.unread_chats, 0), chat_count = m.chats
    from unnest(${arg("contactIds")}::bigint[]) as r (contact_id)
    cross join lateral (
      select max(last_message_at) as last_message_at, sum(unread_count)::int as unread_count,
        max(last_message_at) filter (where not is_mail) as last_chat_at,
        (sum(unread_count) filter (where not is_mail))::int as unread_chats
      from conversations
      where company_id = ${arg("companyId")}::bigint and contact_id = r.contact_id
    ) v
    cross join lateral (
      select count(*) as count, count(*) filter (where not v.is_mail) as chats
      from messages m join conversations v on v.company_id = m.company_id and v.id = m.conversation_id
      where m.company_id = ${arg("companyId")}::bigint and m.contact_id = r.contact_id
    ) m
    where i.company_id = ${arg("companyId")}::bigint and i.contact_id = r.contact_id`,
);
