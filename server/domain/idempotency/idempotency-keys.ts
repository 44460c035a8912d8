import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type StoredAnswer = { fingerprint: Buffer; response_status: number | null; response_body: string | null };

/** What a claim on a key found: a running request, a stored answer, or nothing: then the key is held until the transaction ends. */
export type Claim = { state: "running" } | { state: "answered"; answer: StoredAnswer } | { state: "held" };

export async function claimKey(tx: TxCtx, keyHash: Buffer): Promise<Claim> {
  const lock = await tx.tx.first(tryLock({ lock: keyHash.readBigInt64BE(0).toString() }));
  if (!lock?.locked) return { state: "running" };
  await tx.tx.run(dropExpired({ companyId: tx.companyId, keyHash }));
  const answer = await tx.tx.first(findAnswer({ companyId: tx.companyId, keyHash }));
  return answer ? { state: "answered", answer } : { state: "held" };
}

/** Keeps the answer for 24 hours, in the transaction of the effect. */
export async function storeAnswer(
  tx: TxCtx,
  answer: { keyHash: Buffer; fingerprint: Buffer; status: number; body: string },
): Promise<void> {
  await tx.tx.run(insertAnswer({ companyId: tx.companyId, ...answer }));
}

/** Drops at most `limit` expired keys; returns how many. */
export async function dropExpiredKeys(db: Queries, limit: number): Promise<number> {
  return db.run(deleteExpired({ limit }));
}

const tryLock = prepared<{ lock: string }>()(
  (_db, arg) => sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${arg("lock")}::bigint) as locked`,
);

const dropExpired = prepared<{ companyId: number; keyHash: Buffer }>()((db, arg) =>
  db
    .deleteFrom("idempotency_keys")
    .where("company_id", "=", arg("companyId"))
    .where("key_hash", "=", arg("keyHash"))
    .where("expires_at", "<=", sql<string>`now()`),
);

const findAnswer = prepared<{ companyId: number; keyHash: Buffer }>()((db, arg) =>
  db
    .selectFrom("idempotency_keys")
    .select(["fingerprint", "response_status", "response_body"])
    .where("company_id", "=", arg("companyId"))
    .where("key_hash", "=", arg("keyHash")),
);

const insertAnswer = prepared<{
  companyId: number;
  keyHash: Buffer;
  fingerprint: Buffer;
  status: number;
  body: string;
}>()(
  (_db, arg) => sql<never>`
    insert into idempotency_keys (company_id, key_hash, fingerprint, response_status, response_body, expires_at)
    values (${arg("companyId")}, ${arg("keyHash")}, ${arg("fingerprint")}, ${arg("status")}, ${arg("body")}, now() + interval '24 hours')`,
);

const deleteExpired = prepared<{ limit: number }>()(
  (_db, arg) => sql<never>`
    delete from idempotency_keys where (company_id, key_hash) in (
      select company_id, key_hash from idempotency_keys where expires_at < now() limit ${arg("limit")})`,
);
