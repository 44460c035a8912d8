import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Repeats on the people what stands on their conversations: last message, unread count, when we last wrote. */
export async function refreshMessaged(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length === 0) return;
  await tx.tx.run(updateMessaged({ companyId: tx.companyId, contactIds, added: contactIds.map(() => 0) }));
}

/**
 * The same, and counts messages that were just stored, one entry each. Whoever stores messages calls it once for them, in the same
 * transaction; the count is never made anew, because a person may have a hundred thousand. Sent without waiting: a failure is the commit's.
 */
export async function countMessages(tx: TxCtx, messages: { contactId: number }[]): Promise<void> {
  if (messages.length === 0) return;
  const groups = Map.groupBy(messages, ({ contactId }) => contactId);
  const added = [...groups.values()].map((group) => group.length);
  tx.tx.run(updateMessaged({ companyId: tx.companyId, contactIds: [...groups.keys()], added })).catch(() => {});
}

/** Makes it all anew from the messages that are there: after a merge moved them from one person to another. */
export async function recountMessages(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length > 0) await tx.tx.run(recount({ companyId: tx.companyId, contactIds }));
}

// A person is written only where we wrote to them since: their row has indexes, this one's columns have none.
const updateMessaged = prepared<{ companyId: number; contactIds: number[]; added: number[] }>()(
  (_db, arg) => sql<never>`
    with standing as materialized (
      select r.contact_id, r.added, max(v.last_message_at) as last_message_at, sum(v.unread_count)::int as unread_count,
        max(v.last_outbound_at) as last_outbound_at
      from unnest(${arg("contactIds")}::bigint[], ${arg("added")}::int[]) as r (contact_id, added)
      join conversations v on v.company_id = ${arg("companyId")}::bigint and v.contact_id = r.contact_id
      group by r.contact_id, r.added
    ), contacted as (
      update contacts c set last_contacted_at = s.last_outbound_at from standing s
      where c.company_id = ${arg("companyId")}::bigint and c.id = s.contact_id
        and s.last_outbound_at > coalesce(c.last_contacted_at, '-infinity')
    )
    update contact_inbox i set last_message_at = s.last_message_at, unread_count = s.unread_count,
      message_count = i.message_count + s.added, last_contacted_at = greatest(i.last_contacted_at, s.last_outbound_at)
    from standing s where i.company_id = ${arg("companyId")}::bigint and i.contact_id = s.contact_id`,
);

const recount = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<never>`
    update contact_inbox i set last_message_at = v.last_message_at, unread_count = coalesce(v.unread_count, 0), message_count = m.count
    from unnest(${arg("contactIds")}::bigint[]) as r (contact_id)
    cross join lateral (
      select max(last_message_at) as last_message_at, sum(unread_count)::int as unread_count from conversations
      where company_id = ${arg("companyId")}::bigint and contact_id = r.contact_id
    ) v
    cross join lateral (
      select count(*) as count from messages where company_id = ${arg("companyId")}::bigint and contact_id = r.contact_id
    ) m
    where i.company_id = ${arg("companyId")}::bigint and i.contact_id = r.contact_id`,
);
