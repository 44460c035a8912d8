import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type PasswordWrite = {
  userId: number;
  /** Null takes the password away. */
  passwordHash: string | null;
  now: string;
  /** The session of the person who is changing it stays. */
  keepSession: Buffer | null;
};

/**
 * Sets the password and ends everything that was issued before: tokens, links and sessions. The row of the user is written first
 * and stays locked, so that whoever issues a credential at this moment waits and then finds theirs void.
 */
export async function writePassword(queries: Queries, write: PasswordWrite): Promise<void> {
  const { userId, keepSession } = write;
  await queries.run(setHash(write));
  await queries.run(revokeRefreshTokens(write));
  await queries.run(dropSessions({ userId, keepSession }));
  await queries.run(dropLinks({ userId }));
}

const setHash = prepared<PasswordWrite>()(
  (_db, arg) => sql<never>`
    update users set password_hash = ${arg("passwordHash")}, updated_at = ${arg("now")}::timestamptz,
      tokens_valid_from = greatest(${arg("now")}::timestamptz, tokens_valid_from + interval '1 ms')
    where id = ${arg("userId")}::bigint`,
);

const revokeRefreshTokens = prepared<PasswordWrite>()(
  (_db, arg) => sql<never>`
    update refresh_tokens set revoked_at = ${arg("now")}::timestamptz
    where user_id = ${arg("userId")}::bigint and revoked_at is null`,
);

const dropSessions = prepared<{ userId: number; keepSession: Buffer | null }>()(
  (_db, arg) => sql<never>`
    delete from sessions where user_id = ${arg("userId")}::bigint
      and token_hash is distinct from ${arg("keepSession")}::bytea`,
);

const dropLinks = prepared<{ userId: number }>()(
  (_db, arg) => sql<never>`delete from sign_in_tokens where user_id = ${arg("userId")}::bigint and used_at is null`,
);
