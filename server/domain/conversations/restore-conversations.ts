import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { moveSends } from "../sends/move-sends.ts";
import { conversationsFor } from "./conversations-for.ts";
import type { MovedConversation } from "./move-conversations.ts";
import { recountConversation } from "./recount-conversation.ts";

type People = { from: number; to: number };

/**
 * Undoes moveConversations. What was moved goes back. Of what came later, messages from one of these senders ("phone 5511…") go back
 * too, and what we wrote goes with the conversation that moved whole; everything else stays with the person it came to.
 */
export async function restoreConversations(
  tx: TxCtx,
  people: People,
  moved: MovedConversation[],
  senders: string[],
): Promise<void> {
  for (const conversation of moved) await restoreOne(tx, people, conversation, senders);
}

async function restoreOne(tx: TxCtx, people: People, moved: MovedConversation, senders: string[]): Promise<void> {
  const { companyId } = tx;
  const sourceId = moved.joinedInto ?? moved.id;
  const source = await tx.tx.first(lockSource({ companyId, id: sourceId, contactId: people.from }));
  // Merged on, or given to somebody else by another undo: it is no longer ours to divide.
  if (!source) return;
  const division = { companyId, id: sourceId, noted: moved.messageIds, senders, whole: moved.joinedInto === null };
  const messages = await tx.tx.all(divide({ ...division, unread: source.unreadCount }));
  const parts: Division = {
    theirs: messages.filter(({ theirs }) => theirs),
    others: messages.filter(({ theirs }) => !theirs),
  };
  if (moved.joinedInto === null) await splitWhole(tx, people, moved, source.accountId, parts);
  else await splitJoined(tx, people, moved, sourceId, parts);
  await moveSends(
    tx,
    parts.theirs.map(({ id }) => id),
  );
}

type Part = { id: number; theirs: boolean; noted: boolean; unread: boolean };
type Division = { theirs: Part[]; others: Part[] };

async function splitWhole(
  tx: TxCtx,
  people: People,
  moved: MovedConversation,
  accountId: number,
  { theirs, others }: Division,
): Promise<void> {
  const { companyId } = tx;
  await tx.tx.run(giveConversation({ companyId, id: moved.id, contactId: people.to }));
  await give(tx, theirs, { contactId: people.to, conversationId: moved.id });
  if (others.length === 0) return;
  const pair = { contactId: people.from, channelAccountId: accountId };
  const staysIn = (await conversationsFor(tx, [pair])).get(pair) ?? moved.id;
  await give(tx, others, { contactId: people.from, conversationId: staysIn });
  await recountConversation(tx, staysIn, unreadOf(others));
  await recountConversation(tx, moved.id, unreadOf(theirs));
}

async function splitJoined(
  tx: TxCtx,
  people: People,
  moved: MovedConversation,
  sourceId: number,
  { theirs, others }: Division,
): Promise<void> {
  const { companyId } = tx;
  await give(tx, theirs, { contactId: people.to, conversationId: moved.id });
  await tx.tx.run(writeBack({ companyId, id: moved.id, state: JSON.stringify(moved.before) }));
  const states = { after: JSON.stringify(moved.targetAfter), before: JSON.stringify(moved.targetBefore) };
  const untouched = await tx.tx.run(writeBackUntouched({ companyId, id: sourceId, ...states }));
  if (untouched > 0) return;
  await tx.tx.run(writeBackSettings({ companyId, id: sourceId, ...states }));
  await recountConversation(tx, sourceId, unreadOf(others));
  await recountConversation(tx, moved.id, unreadOf(theirs));
}

function unreadOf(parts: Part[]): number {
  return parts.filter(({ unread }) => unread).length;
}

async function give(tx: TxCtx, parts: Part[], target: { contactId: number; conversationId: number }): Promise<void> {
  const ids = parts.map(({ id }) => id);
  await tx.tx.run(giveMessages({ companyId: tx.companyId, ids, ...target }));
}

const lockSource = prepared<{ companyId: number; id: number; contactId: number }>()(
  (_db, arg) => sql<{ accountId: number; unreadCount: number }>`
    select channel_account_id as "accountId", unread_count as "unreadCount" from conversations
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and contact_id = ${arg("contactId")}::bigint
    for update`,
);

type DivideArgs = {
  companyId: number;
  id: number;
  noted: number[];
  senders: string[];
  whole: boolean;
  unread: number;
};

// A thread is read up to a time, so what is unread of it are its newest incoming messages.
const divide = prepared<DivideArgs>()(
  (_db, arg) => sql<Part>`
    with thread as (
      select id, id = any(${arg("noted")}::bigint[]) as noted, direction, sender,
        direction = 'in' and origin = 'person' and type <> 'reaction' and sum(
          case when direction = 'in' and origin = 'person' and type <> 'reaction' then 1 else 0 end
        ) over (order by sent_at desc, id desc) <= ${arg("unread")}::int as unread
      from messages where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("id")}::bigint
    )
    select id, noted, unread, noted or coalesce(sender = any(${arg("senders")}::text[]), false)
      or (${arg("whole")}::boolean and (direction = 'out' or sender is null)) as theirs
    from thread`,
);

const giveConversation = prepared<{ companyId: number; id: number; contactId: number }>()(
  (_db, arg) => sql<never>`
    update conversations set contact_id = ${arg("contactId")}::bigint, version = version + 1
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const giveMessages = prepared<{ companyId: number; ids: number[]; contactId: number; conversationId: number }>()(
  (_db, arg) => sql<never>`
    update messages set contact_id = ${arg("contactId")}::bigint, conversation_id = ${arg("conversationId")}::bigint
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);

const standing = sql`status = e.status, assignee_user_id = e.assignee_user_id, snoozed_until = e.snoozed_until,
  bot_enabled = e.bot_enabled, closed_at = e.closed_at, free_entry_expires_at = e.free_entry_expires_at`;
const messaged = sql`unread_count = e.unread_count, last_message_id = e.last_message_id, last_message_at = e.last_message_at,
  last_message_text = e.last_message_text, last_message_type = e.last_message_type,
  last_message_direction = e.last_message_direction, last_inbound_at = e.last_inbound_at,
  last_outbound_at = e.last_outbound_at, window_expires_at = e.window_expires_at`;

const writeBack = prepared<{ companyId: number; id: number; state: string }>()(
  (_db, arg) => sql<never>`
    update conversations c set ${standing}, ${messaged}, version = c.version + 1
    from jsonb_populate_record(null::conversations, ${arg("state")}::jsonb) as e
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("id")}::bigint`,
);

type States = { companyId: number; id: number; before: string; after: string };

const writeBackUntouched = prepared<States>()(
  (_db, arg) => sql<never>`
    update conversations c set ${standing}, ${messaged}, version = c.version + 1
    from jsonb_populate_record(null::conversations, ${arg("before")}::jsonb) as e
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("id")}::bigint
      and to_jsonb(c) - '{version,updated_at}'::text[] = ${arg("after")}::jsonb - '{version,updated_at}'::text[]`,
);

// Each setting that is still as the merge left it.
const writeBackSettings = prepared<States>()(
  (_db, arg) => sql<never>`
    update conversations c set
      status = case when c.status = a.status then b.status else c.status end,
      snoozed_until = case when c.status = a.status then b.snoozed_until else c.snoozed_until end,
      closed_at = case when c.status = a.status then b.closed_at else c.closed_at end,
      assignee_user_id = case when c.assignee_user_id is not distinct from a.assignee_user_id then b.assignee_user_id else c.assignee_user_id end,
      bot_enabled = case when c.bot_enabled = a.bot_enabled then b.bot_enabled else c.bot_enabled end,
      free_entry_expires_at = b.free_entry_expires_at
    from jsonb_populate_record(null::conversations, ${arg("before")}::jsonb) as b,
      jsonb_populate_record(null::conversations, ${arg("after")}::jsonb) as a
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("id")}::bigint`,
);
