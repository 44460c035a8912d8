import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Drops expired sessions, tokens and rate limit windows. */
export async function sweepAccounts(db: Db): Promise<void> {
  for (const statement of [dropSessions, dropRefreshTokens, dropSignInTokens, dropRateLimits])
    await db.run(statement({}));
}

const dropSessions = prepared<object>()(() => sql<never>`delete from sessions where expires_at < now()`);

// Spent tokens are kept until they expire: they are how a stolen one is noticed.
const dropRefreshTokens = prepared<object>()(
  () => sql<never>`delete from refresh_tokens where expires_at < now() - interval '1 day'`,
);

const dropSignInTokens = prepared<object>()(
  () => sql<never>`delete from sign_in_tokens where expires_at < now() - interval '30 days'`,
);

const dropRateLimits = prepared<object>()(() => sql<never>`delete from rate_limits where expires_at < now()`);
