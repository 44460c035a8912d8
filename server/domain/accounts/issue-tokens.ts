import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { accessTokenSeconds, signAccessToken } from "./access-token.ts";
import type { Instance } from "./instance.ts";
import { hashToken, newToken } from "./secret-token.ts";
import { wrongCredentials } from "./sign-in.ts";
import type { SignedIn } from "./signed-in.ts";
import type { TokenKeys } from "./token-keys.ts";

export type Tokens = { accessToken: string; refreshToken: string; expiresInSeconds: number };

const refreshDays = 30;

/** Tokens for somebody who has just signed in; nothing when the account has changed since. */
export async function issueTokens(instance: Instance, keys: TokenKeys, signedIn: SignedIn): Promise<Tokens> {
  const familyId = randomUUID();
  const refreshToken = newToken();
  const stored = await instance.db.transaction((queries) =>
    storeRefreshToken(queries, { ...signedIn, refreshToken, familyId, now: instance.now() }),
  );
  if (!stored) throw wrongCredentials();
  const accessToken = await signAccessToken(keys.access, signedIn, familyId, instance.now());
  return { accessToken, refreshToken, expiresInSeconds: accessTokenSeconds };
}

type NewRefreshToken = Pick<SignedIn, "userId" | "companyId" | "tokensValidFrom"> & {
  refreshToken: string;
  familyId: string;
  now: Date;
};

export async function storeRefreshToken(queries: Queries, token: NewRefreshToken): Promise<boolean> {
  const { userId, companyId, tokensValidFrom, familyId } = token;
  const expiresAt = new Date(token.now.getTime() + refreshDays * 86_400_000).toISOString();
  const tokenHash = hashToken(token.refreshToken);
  const row = { userId, companyId, tokensValidFrom, familyId, tokenHash, expiresAt, now: token.now.toISOString() };
  return (await queries.run(insertRefreshToken(row))) > 0;
}

type Row = {
  userId: number;
  companyId: number;
  tokensValidFrom: string;
  familyId: string;
  tokenHash: Buffer;
  expiresAt: string;
  now: string;
};

// The share lock waits for a password change that is on its way; after it the row no longer matches.
const insertRefreshToken = prepared<Row>()(
  (_db, arg) => sql<never>`
    with unchanged as materialized (
      select id from users
      where id = ${arg("userId")}::bigint and disabled_at is null and tokens_valid_from = ${arg("tokensValidFrom")}::timestamptz
      for share
    )
    insert into refresh_tokens (token_hash, family_id, user_id, company_id, expires_at, created_at)
    select ${arg("tokenHash")}::bytea, ${arg("familyId")}::uuid, unchanged.id, ${arg("companyId")}::bigint,
      ${arg("expiresAt")}::timestamptz, ${arg("now")}::timestamptz
    from unchanged
    on conflict (token_hash) do nothing`,
);
