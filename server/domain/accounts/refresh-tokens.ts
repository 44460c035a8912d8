import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Role } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { accessTokenSeconds, signAccessToken } from "./access-token.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { storeRefreshToken, type Tokens } from "./issue-tokens.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { revokeFamily } from "./revoke-family.ts";
import { hashToken } from "./secret-token.ts";
import type { SignedIn } from "./signed-in.ts";
import type { TokenKeys } from "./token-keys.ts";

/** Two tabs, or an answer that was lost on its way: for so long a spent token gives its successor again. */
const graceMs = 10_000;

export type Refreshed = { tokens: Tokens; signedIn: SignedIn };

/**
 * Exchanges a refresh token for new tokens; each can be exchanged once. A spent one that comes back later was stolen, from us or
 * from the thief: the whole sign-in ends. The successor is computed from the spent token, so that a race within the grace gives
 * the same one and a family never has two living branches.
 */
export async function refreshTokens(instance: Instance, keys: TokenKeys, refreshToken: string): Promise<Refreshed> {
  const outcome = await instance.db.transaction((queries) => exchange(instance, queries, keys, refreshToken));
  // Thrown only now: inside the transaction it would undo the family's end.
  if (outcome.kind !== "granted") {
    if (outcome.kind === "stolen") forgetPrincipals();
    throw new DomainError({ kind: "unauthenticated", message: "Invalid or expired refresh token" });
  }
  const { signedIn, familyId, successor } = outcome;
  const accessToken = await signAccessToken(keys.access, signedIn, familyId, instance.now());
  return { signedIn, tokens: { accessToken, refreshToken: successor, expiresInSeconds: accessTokenSeconds } };
}

type Outcome =
  | { kind: "refused" }
  | { kind: "stolen" }
  | { kind: "granted"; signedIn: SignedIn; familyId: string; successor: string };

async function exchange(instance: Instance, queries: Queries, keys: TokenKeys, refreshToken: string): Promise<Outcome> {
  const now = instance.now();
  const tokenHash = hashToken(refreshToken);
  // The account before the token: a password change takes its locks in the same order and so misses no successor.
  const signedIn = await queries.first(accountOfToken({ tokenHash }));
  const token = signedIn && (await queries.first(lockToken({ tokenHash })));
  if (!token || token.revokedAt !== null || Date.parse(token.expiresAt) <= now.getTime()) return { kind: "refused" };
  if (token.usedAt !== null && now.getTime() - Date.parse(token.usedAt) > graceMs) {
    await endStolenFamily(instance, queries, signedIn, token.familyId);
    return { kind: "stolen" };
  }
  const successor = createHmac("sha256", keys.refresh).update(refreshToken).digest("base64url");
  if (token.usedAt === null) {
    await queries.run(spendToken({ tokenHash, now: now.toISOString() }));
    await storeRefreshToken(queries, { ...signedIn, refreshToken: successor, familyId: token.familyId, now });
  }
  return { kind: "granted", signedIn, familyId: token.familyId, successor };
}

async function endStolenFamily(
  instance: Instance,
  queries: Queries,
  person: SignedIn,
  familyId: string,
): Promise<void> {
  await revokeFamily(queries, familyId, instance.now());
  const tx = txOfCompany(instance, queries, person.companyId);
  await recordEvent(tx, { type: "refresh_token.reused", subject: { kind: "user", id: person.userId } });
}

type StoredToken = { familyId: string; usedAt: string | null; revokedAt: string | null; expiresAt: string };

const accountOfToken = prepared<{ tokenHash: Buffer }>()(
  (_db, arg) => sql<SignedIn & { role: Role }>`
    select u.id as "userId", u.email, u.first_name as "firstName", u.last_name as "lastName", m.role,
      m.company_id as "companyId", u.tokens_valid_from as "tokensValidFrom"
    from refresh_tokens t
    join users u on u.id = t.user_id and u.disabled_at is null
    join memberships m on m.company_id = t.company_id and m.user_id = t.user_id
    where t.token_hash = ${arg("tokenHash")} for share of u`,
);

const lockToken = prepared<{ tokenHash: Buffer }>()(
  (_db, arg) => sql<StoredToken>`
    select family_id as "familyId", used_at as "usedAt", revoked_at as "revokedAt", expires_at as "expiresAt"
    from refresh_tokens where token_hash = ${arg("tokenHash")} for update`,
);

const spendToken = prepared<{ tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<never>`
    update refresh_tokens set used_at = ${arg("now")}::timestamptz where token_hash = ${arg("tokenHash")}`,
);
