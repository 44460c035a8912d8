import { DatabaseUnavailable, type Db, type Queries } from "../db/connection.ts";
import { type AccountEvent, journalStrangers, type UnknownUpdate } from "../domain/channels/apply-account-events.ts";
import { namesANumber, onlyCompany, routeChannels, routeOf } from "../domain/channels/route-channels.ts";
import { createCtx, inTransaction } from "../domain/context.ts";
import { applyUpdates } from "../domain/conversations/apply-updates.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  markFailedAttempt,
  markNotUnderstood,
  markProcessed,
  markUnrouted,
} from "../domain/conversations/claim-deliveries.ts";
import type { ChannelKey, InboundUpdate } from "../domain/conversations/inbound-update.ts";
import type { Routed } from "../domain/conversations/receive-messages.ts";
import { parseDelivery } from "./parse-delivery.ts";

/** So many bodies share a transaction; a smaller batch says that there are no more. */
export const batchSize = 200;

/**
 * Takes the next stored webhook bodies and applies them, all in one transaction: crash at any point and the same bodies are taken
 * again, with nothing done twice. When a batch fails, its bodies are tried one by one, so that a single bad one holds up nobody.
 * Returns how many were taken.
 */
export async function processInbound(db: Db): Promise<number> {
  try {
    return await db.transaction(async (tx) => applyDeliveries(db, tx, await claimDeliveries(tx, batchSize)));
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    return processSingly(db);
  }
}

async function processSingly(db: Db): Promise<number> {
  for (let taken = 0; taken < batchSize; taken += 1) {
    if ((await processOne(db)) === 0) return taken;
  }
  return batchSize;
}

async function processOne(db: Db): Promise<number> {
  let current: ClaimedDelivery | undefined;
  try {
    return await db.transaction(async (tx) => {
      const deliveries = await claimDeliveries(tx, 1);
      current = deliveries[0];
      return applyDeliveries(db, tx, deliveries);
    });
  } catch (error) {
    if (error instanceof DatabaseUnavailable || !current) throw error;
    await markFailedAttempt(db, current.id, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

type Parsed = { delivery: ClaimedDelivery; update: InboundUpdate };

async function applyDeliveries(db: Db, tx: Queries, deliveries: ClaimedDelivery[]): Promise<number> {
  if (deliveries.length === 0) return 0;
  const parsed = deliveries.flatMap((delivery) => parseDelivery(delivery).map((update) => ({ delivery, update })));
  const byCompany = new Map<number, Routed<InboundUpdate>[]>();
  const lost: Parsed[] = [];
  const routes = await routeChannels(
    tx,
    channelsOf(parsed.filter((item) => !isOfAccount(item))),
    channelsOf(parsed.filter(isOfAccount)),
  );
  for (const item of parsed) {
    const route = routeOf(routes, item.update.channel);
    if (!route) {
      lost.push(item);
      continue;
    }
    const routed = { update: item.update, channelAccountId: route.channelAccountId, deliveryId: item.delivery.id };
    byCompany.set(route.companyId, [...(byCompany.get(route.companyId) ?? []), routed]);
  }
  // Companies in one order, as everywhere, so that two workers cannot wait for each other.
  for (const [companyId, items] of [...byCompany].sort(([a], [b]) => a - b)) {
    await applyUpdates(inTransaction(createCtx({ db, companyId, actor: { kind: "system" } }), tx), items);
  }
  await markProcessed(
    tx,
    deliveries.map(({ id }) => id),
  );
  await markLost(tx, await withoutStrangers(db, tx, lost));
  return deliveries.length;
}

type OfAccount = Parsed & { update: AccountEvent | UnknownUpdate };

function isOfAccount(item: Parsed): item is OfAccount {
  return item.update.kind === "account_event" || item.update.kind === "unknown";
}

function channelsOf(items: Parsed[]): ChannelKey[] {
  return [...new Map(items.map(({ update }) => [JSON.stringify(update.channel), update.channel])).values()];
}

/** What is said of an account that nobody connected stands in the only company's journal; gives the rest. */
async function withoutStrangers(db: Db, tx: Queries, lost: Parsed[]): Promise<Parsed[]> {
  const strangers = new Set(lost.filter(isOfAccount).filter(({ update }) => namesANumber(update.channel)));
  if (strangers.size === 0) return lost;
  const companyId = await onlyCompany(tx);
  if (companyId === undefined) return lost;
  const ctx = createCtx({ db, companyId, actor: { kind: "system" } });
  await journalStrangers(
    inTransaction(ctx, tx),
    [...strangers].map(({ update }) => update),
  );
  return lost.filter((item) => !(isOfAccount(item) && strangers.has(item)));
}

async function markLost(tx: Queries, lost: Parsed[]): Promise<void> {
  const unrouted = lost.filter(({ update }) => namesANumber(update.channel)).map(({ delivery }) => delivery.id);
  await markUnrouted(tx, unrouted, "No connected number matches. Connect it, then run: rapport replay");
  for (const { delivery, update } of lost) {
    if (!namesANumber(update.channel))
      await markNotUnderstood(tx, delivery.id, update.kind === "unknown" ? update.why : "names no number");
  }
}
