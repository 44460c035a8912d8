import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { countMessages } from "../contacts/refresh-messaged.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import type { SendOrigin } from "../policy/send-decision.ts";

export type OutgoingMessage = {
  conversationId: number;
  contactId: number;
  channelAccountId: number;
  origin: SendOrigin;
  type: string;
  text: string | null;
  payload: JsonObject | null;
  replyToProviderId: string | null;
  templateId: number | null;
  statusReason: string | null;
  /** For the journal: the request that brought it. */
  requestId: string | null;
};

/**
 * Writes messages of ours, waiting to leave, and brings their conversations up to date. Gives their ids in the same order. The only
 * writer of outgoing messages, but for what the phone app and a synced history tell of.
 */
export async function storeOutgoing(tx: TxCtx, messages: OutgoingMessage[]): Promise<number[]> {
  if (messages.length === 0) return [];
  if (messages.length > 1) holdInOrder(tx, messages);
  const rows = await tx.tx.all(
    insertOutgoing({
      companyId: tx.companyId,
      authorUserId: actingUserId(tx),
      now: tx.now().toISOString(),
      rows: JSON.stringify(messages.map(rowOf)),
    }),
  );
  const ids = rows.map(({ id }) => id);
  // Not waited for, like the journal: the connection runs them one after the other, and the commit fails where one did.
  tx.tx.run(showOutgoing({ companyId: tx.companyId, messageIds: ids })).catch(() => {});
  await countMessages(tx, messages);
  await recordEvents(
    tx,
    messages.map(({ conversationId, contactId, type, text, origin, requestId }, index) => ({
      type: "message.queued",
      subject: { kind: "message", id: ids[index] ?? 0 },
      contactId,
      requestId,
      data: {
        conversation_id: conversationId,
        message_type: type,
        origin,
        ...(text === null ? {} : { text: text.slice(0, 300) }),
      },
    })),
  );
  return ids;
}

/** Conversations before people and each by their ids, as everybody does: two long lists cannot wait for each other. */
function holdInOrder(tx: TxCtx, messages: OutgoingMessage[]): void {
  const { companyId } = tx;
  const conversationIds = messages.map(({ conversationId }) => conversationId);
  tx.tx.run(holdConversations({ companyId, ids: conversationIds })).catch(() => {});
  tx.tx.run(holdPeople({ companyId, ids: messages.map(({ contactId }) => contactId) })).catch(() => {});
}

function rowOf(message: OutgoingMessage, place: number): JsonObject {
  return {
    place,
    conversation_id: message.conversationId,
    contact_id: message.contactId,
    channel_account_id: message.channelAccountId,
    origin: message.origin,
    type: message.type,
    text: message.text,
    payload: message.payload,
    reply_to_provider_id: message.replyToProviderId,
    template_id: message.templateId,
    status_reason: message.statusReason,
  };
}

const holdConversations = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from conversations where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
    order by id for no key update`,
);

const holdPeople = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
    order by id for no key update`,
);

// The ids rise with the places, so that their order gives the caller's back.
const insertOutgoing = prepared<{ companyId: number; authorUserId: number | null; now: string; rows: string }>()(
  (_db, arg) => sql<{ id: number }>`
    with stored as (
      insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, origin, type, text, payload,
        reply_to_provider_id, template_id, status, status_reason, author_user_id, sent_at)
      select ${arg("companyId")}::bigint, r.conversation_id, r.contact_id, r.channel_account_id, 'out', r.origin, r.type, r.text, r.payload,
        r.reply_to_provider_id, r.template_id, 'queued', r.status_reason, ${arg("authorUserId")}::bigint, ${arg("now")}::timestamptz
      from jsonb_to_recordset(${arg("rows")}::jsonb) as r (place int, conversation_id bigint, contact_id bigint, channel_account_id bigint,
        origin text, type text, text text, payload jsonb, reply_to_provider_id text, template_id bigint, status_reason text)
      order by r.place
      returning id
    )
    select id from stored order by id`,
);

// What a person answers was read by them; a bot or a campaign reads nothing. A message of ours takes a closed thread up again. It has
// not left yet: when we last wrote is noted once it did (note-left.ts).
const showOutgoing = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<never>`
    with newest as (
      select distinct on (conversation_id) conversation_id, id, type, text, sent_at,
        bool_or(origin = 'user') over (partition by conversation_id) as by_person,
        bool_and(type = 'reaction') over (partition by conversation_id) as only_reactions
      from messages where company_id = ${arg("companyId")}::bigint and id = any(${arg("messageIds")}::bigint[])
      order by conversation_id, (type = 'reaction'), id desc
    )
    update conversations c set
      last_message_id = case when n.only_reactions then c.last_message_id else n.id end,
      last_message_text = case when n.only_reactions then c.last_message_text else left(n.text, 300) end,
      last_message_type = case when n.only_reactions then c.last_message_type else n.type end,
      last_message_direction = case when n.only_reactions then c.last_message_direction else 'out' end,
      last_message_at = greatest(c.last_message_at, n.sent_at),
      unread_count = case when n.by_person then 0 else c.unread_count end,
      status = case when n.by_person then 'open' else c.status end,
      snoozed_until = case when n.by_person then null else c.snoozed_until end,
      closed_at = case when n.by_person then null else c.closed_at end,
      version = c.version + 1, updated_at = n.sent_at
    from newest n where c.company_id = ${arg("companyId")}::bigint and c.id = n.conversation_id`,
);
