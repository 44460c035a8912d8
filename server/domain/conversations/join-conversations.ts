import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Puts what stands on conversations onto those that took their messages: the later word, the longer window, all that is unread. */
export async function joinConversations(tx: TxCtx, pairs: { from: number; into: number }[]): Promise<void> {
  const [from, into] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.into)];
  await tx.tx.run(join({ companyId: tx.companyId, from, into }));
}

/** What is left of conversations whose messages have gone. */
export async function emptyConversations(tx: TxCtx, ids: number[]): Promise<void> {
  await tx.tx.run(empty({ companyId: tx.companyId, ids, now: tx.now().toISOString() }));
}

const join = prepared<{ companyId: number; from: number[]; into: number[] }>()(
  (_db, arg) => sql<never>`
    update conversations k set
      unread_count = k.unread_count + m.unread_count,
      last_message_id = case when l.later then m.last_message_id else k.last_message_id end,
      last_message_text = case when l.later then m.last_message_text else k.last_message_text end,
      last_message_type = case when l.later then m.last_message_type else k.last_message_type end,
      last_message_direction = case when l.later then m.last_message_direction else k.last_message_direction end,
      last_message_at = greatest(k.last_message_at, m.last_message_at),
      last_inbound_at = greatest(k.last_inbound_at, m.last_inbound_at),
      last_outbound_at = greatest(k.last_outbound_at, m.last_outbound_at),
      window_expires_at = greatest(k.window_expires_at, m.window_expires_at),
      free_entry_expires_at = greatest(k.free_entry_expires_at, m.free_entry_expires_at),
      assignee_user_id = coalesce(k.assignee_user_id, m.assignee_user_id),
      bot_enabled = k.bot_enabled and m.bot_enabled,
      status = case when m.status = 'open' then 'open' else k.status end,
      snoozed_until = case when m.status = 'open' then null else k.snoozed_until end,
      closed_at = case when m.status = 'open' then null else k.closed_at end,
      version = k.version + 1
    from unnest(${arg("from")}::bigint[], ${arg("into")}::bigint[]) as p (origin, target)
    join conversations m on m.company_id = ${arg("companyId")}::bigint and m.id = p.origin
    cross join lateral (select m.last_message_at is not null as spoken) s
    join conversations t on t.company_id = m.company_id and t.id = p.target
    cross join lateral (select s.spoken and m.last_message_at >= coalesce(t.last_message_at, '-infinity') as later) l
    where k.company_id = ${arg("companyId")}::bigint and k.id = p.target`,
);

const empty = prepared<{ companyId: number; ids: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    update conversations set unread_count = 0, last_message_id = null, last_message_text = null, last_message_type = null,
      last_message_direction = null, last_message_at = null, last_inbound_at = null, last_outbound_at = null,
      window_expires_at = null, free_entry_expires_at = null, status = 'closed', snoozed_until = null,
      closed_at = ${arg("now")}::timestamptz, version = version + 1
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);
