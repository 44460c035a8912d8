import { sql } from "kysely";
import { cleanText } from "../../../shared/clean-json.ts";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type ClaimedDelivery = {
  id: number;
  provider: string;
  company_id: number | null;
  body: Buffer;
  received_at: string;
  attempts: number;
};

/** After so many failures a person has to look: about a day of doubling pauses. */
const maxAttempts = 12;

/** Takes the oldest bodies that are due, mails apart. They stay locked until the transaction ends, so that two workers never share one. */
export async function claimDeliveries(tx: Queries, limit: number): Promise<ClaimedDelivery[]> {
  await tx.run(planByIndex({}));
  return tx.all(selectDue({ limit }));
}

export async function markProcessed(tx: Queries, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.run(setState({ ids, state: "processed", error: null }));
}

/** Stored and understood by nobody: it stays as it came, with the reason beside it. */
export async function markNotUnderstood(tx: Queries, id: number, why: string): Promise<void> {
  await tx.run(setState({ ids: [id], state: "processed", error: cleanText(why) }));
}

/** The number it was sent to belongs to no company here; it can be replayed once the number is connected. */
export async function markUnrouted(tx: Queries, ids: number[], why: string): Promise<void> {
  if (ids.length > 0) await tx.run(setState({ ids, state: "unrouted", error: why }));
}

/** Tried again after a doubling pause; given up as `failed` (and shown by the doctor) after twelve attempts. */
export async function markFailedAttempt(db: Queries, id: number, error: string): Promise<void> {
  await db.run(countFailure({ id, error: cleanText(error.slice(0, 2_000)), maxAttempts }));
}

/** Puts bodies back into the queue. Processing is idempotent, so replaying what was processed changes nothing. Returns their number. */
export async function replayDeliveries(db: Queries, states: string[], since: Date): Promise<number> {
  return db.run(requeue({ states, since: since.toISOString() }));
}

export type InboundBacklog = { waiting: number; failed: number; unrouted: number; oldest_seconds: number | null };

export async function inboundBacklog(db: Queries): Promise<InboundBacklog> {
  const row = await db.first(selectBacklog({}));
  return row ?? { waiting: 0, failed: 0, unrouted: 0, oldest_seconds: null };
}

/** Processed bodies older than the given time are dropped, a bounded number at once. Returns how many. */
export async function dropOldDeliveries(db: Queries, before: Date, limit: number): Promise<number> {
  return db.run(deleteOld({ before: before.toISOString(), limit }));
}

// On a young database without statistics the planner reads whole tables for each batch, and keeps that plan while they grow
// (measured: 370 bodies/s instead of 1,900). Every statement of ingestion looks up a few rows by key.
const planByIndex = prepared<object>()(
  () => sql<never>`
    select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`,
);

// Columns keep milliseconds and round up, so a row stored just now may be due half a millisecond from now.
const selectDue = prepared<{ limit: number }>()(
  (_db, arg) => sql<ClaimedDelivery>`
    select id, provider, company_id, body, received_at, attempts from inbound_deliveries
    where state = 'received' and provider <> 'email' and next_attempt_at <= now() + interval '1 millisecond'
    order by id limit ${arg("limit")} for update skip locked`,
);

const setState = prepared<{ ids: number[]; state: string; error: string | null }>()(
  (_db, arg) => sql<never>`
    update inbound_deliveries set state = ${arg("state")}, error = ${arg("error")}, processed_at = now()
    where id = any(${arg("ids")}::bigint[])`,
);

const countFailure = prepared<{ id: number; error: string; maxAttempts: number }>()(
  (_db, arg) => sql<never>`
    update inbound_deliveries set attempts = attempts + 1, error = ${arg("error")},
      state = case when attempts + 1 >= ${arg("maxAttempts")}::int then 'failed' else state end,
      next_attempt_at = now() + least(interval '1 hour' * 6, interval '1 second' * power(2, attempts))
    where id = ${arg("id")} and state = 'received'`,
);

const requeue = prepared<{ states: string[]; since: string }>()(
  (_db, arg) => sql<never>`
    update inbound_deliveries set state = 'received', attempts = 0, next_attempt_at = now(), error = null, processed_at = null
    where state = any(${arg("states")}::text[]) and received_at >= ${arg("since")}::timestamptz`,
);

const selectBacklog = prepared<object>()(
  () => sql<InboundBacklog>`
    select (select count(*) from inbound_deliveries where state = 'received') as waiting,
      (select count(*) from inbound_deliveries where state = 'failed') as failed,
      (select count(*) from inbound_deliveries where state = 'unrouted') as unrouted,
      (select extract(epoch from now() - received_at)::int from inbound_deliveries where state = 'received' order by id limit 1) as oldest_seconds`,
);

const deleteOld = prepared<{ before: string; limit: number }>()(
  (_db, arg) => sql<never>`
    delete from inbound_deliveries where id in (
      select id from inbound_deliveries where state = 'processed' and received_at < ${arg("before")}::timestamptz limit ${arg("limit")})`,
);
