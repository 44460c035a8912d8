import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Instance } from "./instance.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { hashToken, newToken } from "./secret-token.ts";
import { wrongCredentials } from "./sign-in.ts";
import type { SignedIn } from "./signed-in.ts";

export const sessionIdleDays = 7;
export const sessionMaxDays = 30;

/** A browser's session. The cookie's value is returned; only its hash is kept. */
export async function createSession(
  instance: Instance,
  signedIn: SignedIn,
  userAgent: string | undefined,
): Promise<string> {
  const token = newToken();
  const now = instance.now();
  const { userId, companyId, tokensValidFrom } = signedIn;
  const stored = await instance.db.run(
    insertSession({
      userId,
      companyId,
      tokensValidFrom,
      tokenHash: hashToken(token),
      userAgent: userAgent?.slice(0, 300) ?? null,
      now: now.toISOString(),
      expiresAt: new Date(now.getTime() + sessionIdleDays * 86_400_000).toISOString(),
    }),
  );
  if (stored === 0) throw wrongCredentials();
  return token;
}

export async function endSession(instance: Instance, token: string): Promise<void> {
  const ended = await instance.db.run(deleteSession({ tokenHash: hashToken(token) }));
  if (ended > 0) forgetPrincipals();
}

type Row = {
  userId: number;
  companyId: number;
  tokensValidFrom: string;
  tokenHash: Buffer;
  userAgent: string | null;
  now: string;
  expiresAt: string;
};

// The share lock waits for a password change that is on its way; after it the row no longer matches.
const insertSession = prepared<Row>()(
  (_db, arg) => sql<never>`
    with unchanged as materialized (
      select id from users
      where id = ${arg("userId")}::bigint and disabled_at is null and tokens_valid_from = ${arg("tokensValidFrom")}::timestamptz
      for share
    )
    insert into sessions (token_hash, user_id, company_id, user_agent, created_at, last_seen_at, expires_at)
    select ${arg("tokenHash")}::bytea, unchanged.id, ${arg("companyId")}::bigint, ${arg("userAgent")}, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz, ${arg("expiresAt")}::timestamptz
    from unchanged`,
);

const deleteSession = prepared<{ tokenHash: Buffer }>()(
  (_db, arg) => sql<never>`delete from sessions where token_hash = ${arg("tokenHash")}`,
);
