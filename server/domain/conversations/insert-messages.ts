import { sql } from "kysely";
import type { Json, JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { identitiesOf } from "../contacts/person-identities.ts";
import type { TxCtx } from "../context.ts";
import { readIntents } from "../intake/read-intents.ts";
import { hasIdsOfChats, renamedByChat } from "./chat-names.ts";
import type { MessageUpdate, ReceivedMessage, Routed } from "./receive-messages.ts";

type Addressed = Routed<MessageUpdate> & { contactId: number; conversationId: number };

/** Writes the messages that are not there yet, and gives only those. */
export async function insertMessages(tx: TxCtx, items: Addressed[]): Promise<ReceivedMessage[]> {
  const inserted = await insertOnce(tx, items);
  if (inserted.length === items.length) return inserted;
  const taken = without(items, inserted);
  const named = await namedByChats(tx, taken);
  const ofOtherChats = await insertOnce(tx, without(named, taken));
  const repeated = without(named, ofOtherChats);
  return [...inserted, ...ofOtherChats, ...(await insertOnce(tx, await othersOf(tx, repeated)))];
}

function without<Item extends { update: MessageUpdate }>(items: Item[], others: { update: MessageUpdate }[]): Item[] {
  const found = new Set(others.map(({ update }) => update));
  return items.filter(({ update }) => !found.has(update));
}

/** Those whose id another chat's message has, under a name of their own. */
async function namedByChats(tx: TxCtx, items: Addressed[]): Promise<Addressed[]> {
  const inChats = items.filter(({ update }) => hasIdsOfChats(update.channel));
  return [...without(items, inChats), ...(await renamedByChat(tx, inChats))];
}

async function insertOnce(tx: TxCtx, items: Addressed[]): Promise<ReceivedMessage[]> {
  if (items.length === 0) return [];
  const byProviderId = new Map(items.toReversed().map((item) => [nameOf(item), item]));
  const rows = JSON.stringify([...byProviderId.values()].toReversed().map(rowOf));
  const inserted = await tx.tx.all(insertNew({ companyId: tx.companyId, rows }));
  return inserted.flatMap((row) => {
    const item = byProviderId.get(`${row.channel_account_id} ${row.provider_id}`);
    return item ? [received(row.id, item)] : [];
  });
}

/**
 * Among messages whose id is taken, those that are something else than what stands under it: a placeholder ("unsupported") and the
 * message that follows it share an id. They are kept beside it, under the id and their type.
 */
async function othersOf(tx: TxCtx, items: Addressed[]): Promise<Addressed[]> {
  const providerIds = items.map(({ update }) => update.providerId);
  const standing = await tx.tx.all(selectTypes({ companyId: tx.companyId, providerIds }));
  const types = new Map(standing.map((row) => [`${row.channel_account_id} ${row.provider_id}`, row.type]));
  return items.flatMap((item) => {
    const { type } = item.update.content;
    if (types.get(nameOf(item)) === type) return [];
    return [{ ...item, update: { ...item.update, providerId: `${item.update.providerId}#${type}` } }];
  });
}

function nameOf({ channelAccountId, update }: Addressed): string {
  return `${channelAccountId} ${update.providerId}`;
}

function received(id: number, { conversationId, contactId, channelAccountId, update }: Addressed): ReceivedMessage {
  return { id, conversationId, contactId, channelAccountId, update };
}

function rowOf(item: Addressed): Record<string, Json | undefined> {
  const { update } = item;
  const { text } = update.content;
  return {
    conversation_id: item.conversationId,
    contact_id: item.contactId,
    channel_account_id: item.channelAccountId,
    direction: update.direction,
    origin: update.origin,
    type: update.content.type,
    text: text ?? null,
    provider_id: update.providerId,
    sender: update.direction === "in" ? senderOf(update) : null,
    payload: payloadOf(update),
    reply_to_provider_id: update.replyTo ?? null,
    intents: text && update.direction === "in" ? readIntents(text).map(({ intent }) => intent) : [],
    status: update.direction === "out" ? (update.status ?? "sent") : null,
    sent_at: update.sentAt.toISOString(),
    delivery_id: item.deliveryId,
  };
}

// The proof by which resolvePeople chose the person: the phone before all others.
function senderOf({ person }: MessageUpdate): string | null {
  const identities = identitiesOf(person);
  const identity = identities.find(({ kind }) => kind === "phone") ?? identities[0];
  return identity ? `${identity.kind} ${identity.value}` : null;
}

/** What has no column of its own; null where there is nothing, because most messages are plain text. */
function payloadOf({ content, forwarded, referral, person }: MessageUpdate): JsonObject | null {
  const { media, payload, reactsTo, details, errors } = content;
  const all: Record<string, Json | undefined> = {
    media,
    payload,
    reacts_to: reactsTo,
    details,
    errors,
    forwarded,
    referral,
    username: person.username,
  };
  const present = Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return present.length === 0 ? null : Object.fromEntries(present);
}

const insertNew = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<{ id: number; channel_account_id: number; provider_id: string }>`
    insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, origin, type, text, provider_id, sender, payload,
      reply_to_provider_id, intents, status, sent_at, delivery_id)
    select ${arg("companyId")}::bigint, r.conversation_id, r.contact_id, r.channel_account_id, r.direction, r.origin, r.type, r.text,
      r.provider_id, r.sender, r.payload, r.reply_to_provider_id, r.intents, r.status, r.sent_at, r.delivery_id
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (conversation_id bigint, contact_id bigint, channel_account_id bigint, direction text,
      origin text, type text, text text, provider_id text, sender text, payload jsonb, reply_to_provider_id text, intents text[], status text,
      sent_at timestamptz, delivery_id bigint)
    on conflict (company_id, channel_account_id, provider_id) where provider_id is not null do nothing
    returning id, channel_account_id, provider_id`,
);

const selectTypes = prepared<{ companyId: number; providerIds: string[] }>()(
  (_db, arg) => sql<{ channel_account_id: number; provider_id: string; type: string }>`
    select channel_account_id, provider_id, type from messages
    where company_id = ${arg("companyId")} and channel_account_id in (select id from channel_accounts where company_id = ${arg("companyId")})
      and provider_id = any(${arg("providerIds")}::text[])`,
);
