import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { eventRow, insertEventsOnce, type NewEvent } from "./record-event.ts";

/** `otherKeys`: under these the same event may stand from before. */
export type KeyedEvent = { event: NewEvent & { dedupeKey: string }; otherKeys: string[] };

/** Writes the events that are not in the journal yet and gives their dedupe keys, for what must follow of each once. */
export async function recordNew(tx: TxCtx, items: KeyedEvent[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const keys = items.flatMap(({ event, otherKeys }) => [event.dedupeKey, ...otherKeys]);
  const standing = await tx.tx.all(selectStanding({ companyId: tx.companyId, keys }));
  const known = new Set(standing.map(({ dedupe_key }) => dedupe_key));
  const fresh = items.filter(({ event, otherKeys }) => ![event.dedupeKey, ...otherKeys].some((key) => known.has(key)));
  if (fresh.length === 0) return new Set();
  tx.tx.announce("events");
  const rows = JSON.stringify(fresh.map(({ event }) => eventRow(tx, event)));
  // A transaction beside this one may have written one of them since; whose row it is, that one follows it.
  const written = await tx.tx.all(insertNew({ companyId: tx.companyId, rows }));
  return new Set(written.map(({ dedupe_key }) => dedupe_key));
}

const selectStanding = prepared<{ companyId: number; keys: string[] }>()(
  (_db, arg) => sql<{ dedupe_key: string }>`
    select dedupe_key from events where company_id = ${arg("companyId")}::bigint and dedupe_key = any(${arg("keys")}::text[])
      and dedupe_key is not null`,
);

const insertNew = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<{ dedupe_key: string }>`${insertEventsOnce(arg)} returning dedupe_key`,
);
