import { sql } from "kysely";
import { objectOf, textOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { InboundUpdate } from "../conversations/inbound-update.ts";
import type { Routed } from "../conversations/receive-messages.ts";
import { applyTemplateEvents } from "../templates/apply-template-events.ts";
import { followAccountEvent } from "./follow-account-event.ts";
import { journalAccountEvents } from "./journal-account-events.ts";
import { noteHealth } from "./note-health.ts";

export type AccountEvent = Extract<InboundUpdate, { kind: "account_event" }>;
export type UnknownUpdate = Extract<InboundUpdate, { kind: "unknown" }>;

/**
 * What a vendor says of an account (quality, bans, templates, calls, groups) and what nobody understood: kept in the journal, once.
 * What was in the journal before changes nothing.
 */
export async function applyAccountEvents(tx: TxCtx, items: Routed<AccountEvent | UnknownUpdate>[]): Promise<void> {
  if (items.length === 0) return;
  const numbers = await numbersNear(tx, items);
  const told = items.map(({ update, channelAccountId }) => {
    const isNear = ({ id, wabaId }: Nearby) =>
      id === channelAccountId || (wabaId !== null && wabaId === wabaOf(update));
    const siblings = numbers.filter(isNear);
    const spokenOf = numberSpokenOf(update, { channelAccountId, siblings });
    return {
      update,
      channelAccountId: spokenOf ?? channelAccountId,
      isForeign: spokenOf === undefined,
      siblings: siblings.map(({ id }) => id),
    };
  });
  const connected = new Set(numbers.filter(({ isConnected }) => isConnected).map(({ id }) => id));
  const templates: AccountEvent[] = [];
  for (const { update, channelAccountId, isForeign, siblings } of await journalAccountEvents(tx, told)) {
    if (update.kind === "unknown" || isForeign) continue;
    if (/^(message_)?template_/.test(update.field)) templates.push(update);
    // What is said of an account holds for all its numbers; what is said of a number, for that one.
    const concerned = update.field.startsWith("account_") ? [channelAccountId, ...siblings] : [channelAccountId];
    if (connected.has(channelAccountId)) await noteHealth(tx, update, channelAccountId);
    await followAccountEvent(
      tx,
      update,
      [...new Set(concerned)].filter((id) => connected.has(id)),
    );
  }
  await applyTemplateEvents(tx, templates);
}

/** Of accounts that nobody has connected: they stand in the company's journal and change nothing. */
export async function journalStrangers(tx: TxCtx, updates: (AccountEvent | UnknownUpdate)[]): Promise<void> {
  await journalAccountEvents(
    tx,
    updates.map((update) => ({ update, siblings: [] })),
  );
}

function wabaOf({ channel }: AccountEvent | UnknownUpdate): string | undefined {
  return channel.provider === "whatsapp_cloud" ? channel.wabaId : undefined;
}

/**
 * Word on one number of an account comes under the account and names the number's phone. Where the account leads to another number it
 * is of the one with that phone, else of the only one whose phone nobody knows yet; undefined: of one that is not here.
 */
function numberSpokenOf(
  update: AccountEvent | UnknownUpdate,
  { channelAccountId, siblings }: { channelAccountId: number; siblings: Nearby[] },
): number | undefined {
  const isOfNumber = update.channel.provider === "whatsapp_cloud" && update.channel.phoneNumberId === undefined;
  const phone = textOf(objectOf(update.details)?.display_phone_number)?.replace(/\D/g, "");
  if (!isOfNumber || !phone) return channelAccountId;
  const named = siblings.find(({ displayDigits }) => displayDigits === phone);
  if (named) return named.id;
  const unknown = siblings.filter(({ displayDigits }) => displayDigits === null);
  return unknown.length === 1 ? unknown[0]?.id : undefined;
}

type Nearby = { id: number; wabaId: string | null; displayDigits: string | null; isConnected: boolean };

/** The numbers that are spoken of, and those that share their accounts. */
async function numbersNear(tx: TxCtx, items: Routed<AccountEvent | UnknownUpdate>[]): Promise<Nearby[]> {
  const ids = [...new Set(items.map(({ channelAccountId }) => channelAccountId))];
  const wabaIds = [...new Set(items.flatMap(({ update }) => wabaOf(update) ?? []))];
  return tx.tx.all(selectNear({ companyId: tx.companyId, ids, wabaIds }));
}

// A number that was only discovered, or that its company has let go, can have no trouble.
const selectNear = prepared<{ companyId: number; ids: number[]; wabaIds: string[] }>()(
  (_db, arg) => sql<Nearby>`
    select id, waba_id as "wabaId", nullif(regexp_replace(display_phone, '\\D', '', 'g'), '') as "displayDigits",
      status <> 'discovered' and (status <> 'disconnected' or access_token_sealed is not null) as "isConnected"
    from channel_accounts
    where company_id = ${arg("companyId")}::bigint and (id = any(${arg("ids")}::bigint[]) or waba_id = any(${arg("wabaIds")}::text[]))
    order by id limit 1000`,
);
