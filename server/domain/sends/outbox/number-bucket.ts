import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";

export type NumberBucket = { isPaused: boolean; perSecond: number; nextFreeAt: Date; tokens: number };

const usualPerSecond = 80;
/** How much may leave at once after a rest; small, because WhatsApp counts by the second. */
const burstMs = 100;

/**
 * Takes hold of a number until the end of the transaction: only one worker at a time chooses what it sends next, which keeps both the
 * rate and the order of its conversations.
 */
export async function holdNumber(tx: TxCtx, channelAccountId: number): Promise<NumberBucket> {
  const key = { companyId: tx.companyId, channelAccountId };
  const row = (await tx.tx.first(lockNumber(key))) ?? (await newNumber(tx, key));
  const now = tx.now().getTime();
  const perSecond = row?.perSecond ?? usualPerSecond;
  const free = Math.max(row?.nextFreeMs ?? 0, now);
  const intervalMs = 1_000 / perSecond;
  // A number slower than the burst still gets one at a time.
  const room = Math.max(burstMs, intervalMs) + now - free;
  return {
    isPaused: row?.pausedMs !== undefined && row.pausedMs !== null && row.pausedMs > now,
    perSecond,
    nextFreeAt: new Date(free),
    tokens: Math.max(0, Math.floor(room / intervalMs + 0.000_001)),
  };
}

async function newNumber(tx: TxCtx, key: Key): Promise<Row | undefined> {
  await tx.tx.run(addNumber(key));
  return tx.tx.first(lockNumber(key));
}

/** Notes that so many leave now. */
export async function takeTokens(
  tx: TxCtx,
  channelAccountId: number,
  { perSecond, nextFreeAt }: NumberBucket,
  taken: number,
): Promise<void> {
  const until = new Date(nextFreeAt.getTime() + Math.ceil((taken * 1_000) / perSecond));
  await tx.tx.run(writeNextFree({ companyId: tx.companyId, channelAccountId, nextFreeAt: until.toISOString() }));
}

type Key = { companyId: number; channelAccountId: number };

type Row = { perSecond: number | null; nextFreeMs: number | null; pausedMs: number | null };

const lockNumber = prepared<Key>()(
  (_db, arg) => sql<Row>`
    select messages_per_second as "perSecond",
      case when isfinite(next_free_at) then (extract(epoch from next_free_at) * 1000)::bigint end as "nextFreeMs",
      case when isfinite(paused_until) then (extract(epoch from paused_until) * 1000)::bigint
        when paused_until = 'infinity' then 9007199254740991 end as "pausedMs"
    from number_rates
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint for update`,
);

const addNumber = prepared<Key>()(
  (_db, arg) => sql<never>`
    insert into number_rates (company_id, channel_account_id) values (${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint)
    on conflict (company_id, channel_account_id) do nothing`,
);

const writeNextFree = prepared<Key & { nextFreeAt: string }>()(
  (_db, arg) => sql<never>`
    update number_rates set next_free_at = ${arg("nextFreeAt")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint`,
);
