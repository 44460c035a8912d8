import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { findByIdentities } from "../contacts/identity-rows.ts";
import { type Identity, identitiesOf } from "../contacts/person-identities.ts";
import type { TxCtx } from "../context.ts";
import type { ChannelKey, PersonKeys } from "./inbound-update.ts";
import type { ProviderName } from "./provider-id.ts";
import type { Routed } from "./receive-messages.ts";

/*
 * Ids of messages that came through a gateway are made by the sender's client: they are unique only in one chat, among what one side wrote
 * there. The first message with an id is kept under it, another chat's under the id and whose it is ("3EB0A1 from 919876500100").
 */

type Direction = "in" | "out";
type InChat = { kind: string; channel: ChannelKey; providerId: string; direction?: Direction; person?: PersonKeys };
type Wanted = { channelAccountId: number; id: string; contactId: number; direction: Direction | undefined };

/** What the gateway called it. */
export function idFromVendor(providerId: string): string {
  return providerId.replace(/ (?:from|to) \S+$/, "");
}

/** Whether ids of this channel say nothing without their chat. */
export function hasIdsOfChats({ provider }: ChannelKey): boolean {
  return provider === "whatsapp_gateway";
}

/** Messages whose id was taken, under the name they stand under already, or else are kept under beside the other chat's. */
export async function renamedByChat<Item extends Routed<InChat> & { contactId: number }>(
  tx: TxCtx,
  items: Item[],
): Promise<Item[]> {
  const names = await standingNames(
    tx,
    items.map((item) => wanted(item, item.contactId)),
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
  return { channelAccountId, id: update.providerId, contactId, direction: sideOf(update) };
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
  if (messages.length === 0) return [];
  const rows = messages.map(({ channelAccountId, id, contactId, direction }, place) => ({
    ...{ place, channel_account_id: channelAccountId, id, contact_id: contactId, direction: direction ?? null },
  }));
  const found = await tx.tx.all(selectStanding({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  const names = new Map(found.map(({ place, provider_id }) => [place, provider_id]));
  return messages.map((_, place) => names.get(place));
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

const selectChats = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ contact_id: number; value: string }>`
    select contact_id, value from contact_identities
    where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[]) and kind in ('phone', 'jid')`,
);
