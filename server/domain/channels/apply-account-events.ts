import { sql } from "kysely";
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
  const told = items.map(({ update, channelAccountId }) => ({
    update,
    channelAccountId,
    siblings: numbers.filter(({ wabaId }) => wabaId !== null && wabaId === wabaOf(update)).map(({ id }) => id),
  }));
  const connected = new Set(numbers.filter(({ isConnected }) => isConnected).map(({ id }) => id));
  const templates: AccountEvent[] = [];
  for (const { update, channelAccountId, siblings } of await journalAccountEvents(tx, told)) {
    if (update.kind === "unknown") continue;
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

type Nearby = { id: number; wabaId: string | null; isConnected: boolean };

/** The numbers that are spoken of, and those that share their accounts. */
async function numbersNear(tx: TxCtx, items: Routed<AccountEvent | UnknownUpdate>[]): Promise<Nearby[]> {
  const ids = [...new Set(items.map(({ channelAccountId }) => channelAccountId))];
  const wabaIds = [...new Set(items.flatMap(({ update }) => wabaOf(update) ?? []))];
  return tx.tx.all(selectNear({ companyId: tx.companyId, ids, wabaIds }));
}

// A number that was only discovered, or that its company has let go, can have no trouble.
const selectNear = prepared<{ companyId: number; ids: number[]; wabaIds: string[] }>()(
  (_db, arg) => sql<Nearby>`
    select id, waba_id as "wabaId", status <> 'discovered' and (status <> 'disconnected' or access_token_sealed is not null) as "isConnected"
    from channel_accounts
    where company_id = ${arg("companyId")}::bigint and (id = any(${arg("ids")}::bigint[]) or waba_id = any(${arg("wabaIds")}::text[]))
    order by id limit 1000`,
);
