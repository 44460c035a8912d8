import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { findByIdentities } from "../contacts/identity-rows.ts";
import { type Identity, identitiesOf } from "../contacts/person-identities.ts";
import type { TxCtx } from "../context.ts";
import type { ChannelKey, PersonKeys } from "./inbound-update.ts";
import type { ProviderName } from "./provider-id.ts";
import type { MessageUpdate, Routed } from "./receive-messages.ts";

/*
 * Ids of messages that came through a gateway are made by the sender's client: they are unique only in one chat, among what one side wrote
 * there. The first message with an id is kept under it, another chat's under the id and whose it is ("3EB0A1 from 919876500100").
 * Gateways may name one chat by its phone and again by its hidden id, before anything tells us that these are one person's.
 */

type Direction = "in" | "out";
type InChat = { kind: string; channel: ChannelKey; providerId: string; direction?: Direction; person?: PersonKeys };
type Wanted = {
  channelAccountId: number;
  id: string;
  contactId: number;
  direction: Direction | undefined;
  chats: Identity[];
  /** Where it is the message itself and not what became of it. */
  message?: MessageUpdate;
};

/** What the gateway called it. */
export function idFromVendor(providerId: string): string {
  return providerId.replace(/ (?:from|to) \S+$/, "");
}

/** Whether ids of this channel say nothing without their chat. */
export function hasIdsOfChats({ provider }: ChannelKey): boolean {
  return provider === "whatsapp_gateway";
}

/** Messages whose id was taken, under the name they stand under already, or else are kept under beside the other chat's. */
export async function renamedByChat<Item extends Routed<MessageUpdate> & { contactId: number }>(
  tx: TxCtx,
  items: Item[],
): Promise<Item[]> {
  const names = await standingNames(
    tx,
    items.map((item) => ({ ...wanted(item, item.contactId), message: item.update })),
  );
  return items.map((item, index) => renamed(item, names[index]));
}

/** What became of messages, under the name the message stands under in its chat, or will wait for its message under. */
export async function namedInChats<Update extends InChat>(
  tx: TxCtx,
  items: Routed<Update>[],
): Promise<Routed<Update>[]> {
  const inChats = items.filter(({ update }) => hasIdsOfChats(update.channel) && chatsOf(update.person).length > 0);
  if (inChats.length === 0) return items;
  const contacts = await contactsOf(tx, inChats);
  const names = await standingNames(
    tx,
    inChats.map((item) => wanted(item, contacts.get(item) ?? 0)),
  );
  const byItem = new Map(inChats.map((item, index) => [item, renamed(item, names[index])]));
  return items.map((item) => byItem.get(item) ?? item);
}

type Arrived = { channelAccountId: number; contactId: number; update: InChat };

/** Under which names statuses and changes may wait for messages that are stored now. */
export async function waitingNames(tx: TxCtx, received: Arrived[]): Promise<ProviderName[]> {
  const plain = received.map(({ channelAccountId, update: { providerId } }) => ({ channelAccountId, providerId }));
  const inChats = received.filter(({ update }) => hasIdsOfChats(update.channel));
  if (inChats.length === 0) return plain;
  const contactIds = inChats.map(({ contactId }) => contactId);
  const chats = await tx.tx.all(selectChats({ companyId: tx.companyId, contactIds }));
  const inTheirs = inChats.flatMap(({ channelAccountId, contactId, update }) =>
    chats
      .filter((chat) => chat.contact_id === contactId)
      .map(({ value }) => ({
        channelAccountId,
        providerId: nameInChat(idFromVendor(update.providerId), sideOf(update), value),
        storedAs: update.providerId,
      })),
  );
  return [...plain, ...inTheirs];
}

function wanted({ channelAccountId, update }: Routed<InChat>, contactId: number): Wanted {
  const { providerId: id, person } = update;
  return { channelAccountId, id, contactId, direction: sideOf(update), chats: chatsOf(person) };
}

function renamed<Item extends { update: InChat }>(item: Item, standing: string | undefined): Item {
  const { providerId, person } = item.update;
  const [chat] = chatsOf(person);
  const name = standing ?? (chat === undefined ? providerId : nameInChat(providerId, sideOf(item.update), chat.value));
  if (name === providerId) return item;
  return { ...item, update: { ...item.update, providerId: name } };
}

/** Who wrote the message; only ours have a status. */
function sideOf({ kind, direction }: InChat): Direction | undefined {
  return kind === "status" ? "out" : direction;
}

function nameInChat(id: string, direction: Direction | undefined, chat: string): string {
  return `${id} ${direction === "out" ? "to" : "from"} ${chat}`;
}

function chatsOf(person: PersonKeys | undefined): Identity[] {
  if (person === undefined) return [];
  return identitiesOf(person).filter(({ kind }) => kind === "phone" || kind === "jid");
}

/** Whose chat each was in, of the people who are known. */
async function contactsOf<Item extends Routed<InChat>>(tx: TxCtx, items: Item[]): Promise<Map<Item, number>> {
  const chats = items.map(({ update }) => chatsOf(update.person));
  const known = await findByIdentities(tx, chats.flat());
  const byName = new Map(known.map(({ kind, value, contact_id }) => [`${kind} ${value}`, contact_id]));
  return new Map(
    items.flatMap((item, index) => {
      const found = chats[index]?.flatMap(({ kind, value }) => byName.get(`${kind} ${value}`) ?? []) ?? [];
      return found[0] === undefined ? [] : [[item, found[0]] as const];
    }),
  );
}

async function standingNames(tx: TxCtx, messages: Wanted[]): Promise<(string | undefined)[]> {
  const names = await namesOfPeople(tx, messages);
  const nameless = messages.filter((message, place) => names[place] === undefined && mayHaveOtherAddress(message));
  const others = await underPlainIds(tx, nameless);
  return messages.map(
    (message, place) => names[place] ?? (isSame(message, others.get(message)) ? message.id : undefined),
  );
}

/** A change names no words to compare, so only one by a hidden id, which is how gateways tell of chats they began by phone. */
function mayHaveOtherAddress({ message, chats }: Wanted): boolean {
  return message !== undefined || chats.every(({ kind }) => kind === "jid");
}

function isSame({ message }: Wanted, other: UnderPlainId | undefined): boolean {
  if (other === undefined) return false;
  if (message === undefined) return !other.is_known;
  const { content, sentAt } = message;
  const hasSameWords = other.is_changed || other.text === (content.text ?? null);
  return hasSameWords && other.type === content.type && Date.parse(other.sent_at) === sentAt.getTime();
}

async function namesOfPeople(tx: TxCtx, messages: Wanted[]): Promise<(string | undefined)[]> {
  if (messages.length === 0) return [];
  const rows = messages.map(({ channelAccountId, id, contactId, direction }, place) => ({
    ...{ place, channel_account_id: channelAccountId, id, contact_id: contactId, direction: direction ?? null },
  }));
  const found = await tx.tx.all(selectStanding({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  const names = new Map(found.map(({ place, provider_id }) => [place, provider_id]));
  return messages.map((_, place) => names.get(place));
}

/** What stands under the plain ids, where its person has no other address of the kind by which this chat is named. */
async function underPlainIds(tx: TxCtx, messages: Wanted[]): Promise<Map<Wanted, UnderPlainId>> {
  if (messages.length === 0) return new Map();
  const rows = messages.map(({ channelAccountId, id, contactId, direction, chats }, place) => ({
    ...{ place, channel_account_id: channelAccountId, id, contact_id: contactId, direction: direction ?? null },
    ...{ kinds: chats.map(({ kind }) => kind), addresses: chats.map(({ value }) => value) },
  }));
  const found = await tx.tx.all(selectUnderPlainIds({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  const byPlace = new Map(found.map((row) => [row.place, row]));
  return new Map(
    messages.flatMap((message, place) => {
      const row = byPlace.get(place);
      return row === undefined ? [] : [[message, row] as const];
    }),
  );
}

const selectStanding = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<{ place: number; provider_id: string }>`
    select distinct on (w.place) w.place, m.provider_id
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as w (place int, channel_account_id bigint, id text, contact_id bigint, direction text)
    join messages m on m.company_id = ${arg("companyId")}::bigint and m.channel_account_id = w.channel_account_id
      and m.provider_id = any(array(
        select w.id union all
        select w.id || side.word || i.value from contact_identities i cross join (values (' from '), (' to ')) as side (word)
        where i.company_id = ${arg("companyId")}::bigint and i.contact_id = w.contact_id and i.kind in ('phone', 'jid')))
    where m.contact_id = w.contact_id and (w.direction is null or m.direction = w.direction)
    order by w.place, length(m.provider_id)`,
);

type UnderPlainId = {
  place: number;
  type: string;
  text: string | null;
  sent_at: string;
  is_changed: boolean;
  is_known: boolean;
};

// "Known": messages were exchanged under this address; a contact alone may be the trace of a repeat or of a synced list.
const selectUnderPlainIds = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<UnderPlainId>`
    select w.place, m.type, m.text, m.sent_at, coalesce(m.edited_at, m.revoked_at) is not null as is_changed,
      exists (select from messages o where o.company_id = ${arg("companyId")}::bigint and o.contact_id = w.contact_id) as is_known
    from jsonb_to_recordset(${arg("rows")}::jsonb) as w (place int, channel_account_id bigint, id text, contact_id bigint, direction text,
      kinds text[], addresses text[])
    join messages m on m.company_id = ${arg("companyId")}::bigint and m.channel_account_id = w.channel_account_id and m.provider_id = w.id
    where (w.direction is null or m.direction = w.direction) and not exists (
      select from contact_identities i where i.company_id = ${arg("companyId")}::bigint and i.contact_id = m.contact_id
        and i.kind = any(w.kinds) and i.value <> all(w.addresses))`,
);

const selectChats = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ contact_id: number; value: string }>`
    select contact_id, value from contact_identities
    where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[]) and kind in ('phone', 'jid')`,
);
