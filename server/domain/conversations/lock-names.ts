import { createHash } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/**
 * Lets only one transaction at a time work on any of these names (identities, provider ids) of a company; others wait for its end.
 * Taken in one order by everybody, so that two batches with common names cannot wait for each other.
 */
export async function lockNames(tx: TxCtx, names: string[]): Promise<void> {
  if (names.length === 0) return;
  const keys = [...new Set(names.map((name) => keyOf(tx.companyId, name)))].sort((a, b) => (a < b ? -1 : 1));
  await tx.tx.run(takeLocks({ keys: keys.map(String) }));
}

/** Those who go together hold up only those who go alone. To the end of the transaction. */
export async function takeTurn(tx: TxCtx, name: string, how: "together" | "alone"): Promise<void> {
  const key = String(keyOf(tx.companyId, name));
  await tx.tx.run(how === "alone" ? lockAlone({ key }) : lockTogether({ key }));
}

function keyOf(companyId: number, name: string): bigint {
  return createHash("sha1").update(`${companyId} ${name}`).digest().readBigInt64BE(0);
}

const takeLocks = prepared<{ keys: string[] }>()(
  (_db, arg) => sql<never>`select pg_advisory_xact_lock(key) from unnest(${arg("keys")}::bigint[]) as key`,
);

const lockAlone = prepared<{ key: string }>()(
  (_db, arg) => sql<never>`select pg_advisory_xact_lock(${arg("key")}::bigint)`,
);

const lockTogether = prepared<{ key: string }>()(
  (_db, arg) => sql<never>`select pg_advisory_xact_lock_shared(${arg("key")}::bigint)`,
);
