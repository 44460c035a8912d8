import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Role } from "../context.ts";
import { type ReachRow, reachColumns, reachOf, reachTable } from "../reach/reach-of-caller.ts";
import type { AccessClaims } from "./access-token.ts";
import type { Instance } from "./instance.ts";
import type { Principal } from "./principal.ts";
import { hashToken } from "./secret-token.ts";
import { sessionIdleDays, sessionMaxDays } from "./session.ts";
import { isSubscriptionActive, type SubscriptionStatus } from "./subscription.ts";
import { displayName } from "./user.ts";

/** `holdsUntil`: from then on something of it has ended, in milliseconds; Infinity where nothing is known to end. */
export type LoadedPrincipal = { principal: Principal; holdsUntil: number };

/** The state behind a verified access token: the person is still a member, and neither they nor their sign-in was ended. */
export async function loadTokenPrincipal(
  instance: Instance,
  claims: AccessClaims,
): Promise<LoadedPrincipal | undefined> {
  const row = await instance.db.first(memberByFamily(claims));
  // The token names its state of the account exactly, so that no clock decides whether it came before a password change.
  if (!row || Date.parse(row.tokensValidFrom) !== claims.validFrom) return undefined;
  return { principal: personOf(instance, row), holdsUntil: holdsUntil(instance, row, claims.expiresAt) };
}

export async function loadSessionPrincipal(instance: Instance, token: string): Promise<LoadedPrincipal | undefined> {
  const tokenHash = hashToken(token);
  const now = instance.now();
  const row = await instance.db.first(memberBySession({ tokenHash, now: now.toISOString() }));
  if (!row) return undefined;
  if (isStale(row.lastSeenAt, now)) {
    const extension = { now: now.toISOString(), idleDays: sessionIdleDays, maxDays: sessionMaxDays };
    await instance.db.run(extendSession({ tokenHash, ...extension }));
  }
  return { principal: personOf(instance, row), holdsUntil: holdsUntil(instance, row, Date.parse(row.expiresAt)) };
}

export async function loadKeyPrincipal(instance: Instance, key: string): Promise<LoadedPrincipal | undefined> {
  const now = instance.now();
  const row = await instance.db.first(keyByHash({ keyHash: hashToken(key), now: now.toISOString() }));
  if (!row) return undefined;
  const { companyId, keyId, role, scopes, name } = row;
  if (isStale(row.lastUsedAt, now)) await instance.db.run(markKeyUsed({ companyId, keyId, now: now.toISOString() }));
  const actor = { kind: "api_key", keyId, role } as const;
  const reach = reachOf(role, row);
  const principal = { ...companyState(instance, row), actor, role, reach, credential: `key:${keyId}`, scopes, name };
  const endsAt = row.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(row.expiresAt);
  return { principal, holdsUntil: holdsUntil(instance, row, endsAt) };
}

/** A credential and a subscription end to the millisecond, not with the next reading of the state. */
function holdsUntil(instance: Instance, { subscriptionEndsAt }: CompanyRow, credentialEndsAt: number): number {
  const paidUntil = subscriptionEndsAt === null ? 0 : Date.parse(subscriptionEndsAt);
  return paidUntil > instance.now().getTime() ? Math.min(credentialEndsAt, paidUntil) : credentialEndsAt;
}

/** Use is noted once a minute, because a request must not cost a write. */
function isStale(notedAt: string | null, now: Date): boolean {
  return notedAt === null || now.getTime() - Date.parse(notedAt) >= 60_000;
}

function personOf(instance: Instance, row: MemberRow): Principal {
  const { userId, role, email } = row;
  const actor = { kind: "user", userId, role } as const;
  const credential = `user:${userId}:${row.companyId}`;
  const reach = reachOf(role, row);
  return { ...companyState(instance, row), actor, role, reach, credential, userId, email, name: displayName(row) };
}

function companyState(instance: Instance, row: CompanyRow) {
  const subscription = { status: row.subscriptionStatus, endsAt: row.subscriptionEndsAt };
  return {
    companyId: row.companyId,
    requestsPerMinute: row.requestsPerMinute,
    hourlyLimitFactor: row.hourlyLimitFactor,
    subscriptionActive: isSubscriptionActive(subscription, instance.now()),
  };
}

type CompanyRow = {
  companyId: number;
  requestsPerMinute: number;
  hourlyLimitFactor: number;
  subscriptionStatus: SubscriptionStatus;
  subscriptionEndsAt: string | null;
};

type MemberRow = CompanyRow &
  ReachRow & {
    userId: number;
    role: Role;
    email: string;
    firstName: string;
    lastName: string;
    tokensValidFrom: string;
  };

const companyColumns = sql.raw(`c.id as "companyId", c.subscription_status as "subscriptionStatus",
  c.subscription_ends_at as "subscriptionEndsAt", s.api_requests_per_minute as "requestsPerMinute", s.hourly_limit_factor as "hourlyLimitFactor"`);

const memberColumns =
  sql.raw(`u.id as "userId", m.role, u.email, u.first_name as "firstName", u.last_name as "lastName",
  u.tokens_valid_from as "tokensValidFrom"`);

const memberTables = sql.raw(`memberships m
  join users u on u.id = m.user_id and u.disabled_at is null
  join companies c on c.id = m.company_id
  join company_settings s on s.company_id = m.company_id
  left join ${reachTable("m.company_id", "m.role")}`);

const memberReach = sql.raw(reachColumns("m.company_id", "m.user_id"));

const memberByFamily = prepared<AccessClaims>()(
  (_db, arg) => sql<MemberRow>`
    select ${companyColumns}, ${memberColumns}, ${memberReach} from ${memberTables}
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = ${arg("userId")}::bigint and exists (
      select from refresh_tokens t
      where t.family_id = ${arg("familyId")}::uuid and t.user_id = m.user_id and t.company_id = m.company_id and t.revoked_at is null
    )`,
);

const memberBySession = prepared<{ tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<MemberRow & { lastSeenAt: string; expiresAt: string }>`
    select ${companyColumns}, ${memberColumns}, ${memberReach}, b.last_seen_at as "lastSeenAt", b.expires_at as "expiresAt"
    from ${memberTables}
    join sessions b on b.company_id = m.company_id and b.user_id = m.user_id
    where b.token_hash = ${arg("tokenHash")} and b.expires_at > ${arg("now")}::timestamptz`,
);

const extendSession = prepared<{ tokenHash: Buffer; now: string; idleDays: number; maxDays: number }>()(
  (_db, arg) => sql<never>`
    update sessions set last_seen_at = ${arg("now")}::timestamptz,
      expires_at = least(${arg("now")}::timestamptz + make_interval(days => ${arg("idleDays")}::int),
        created_at + make_interval(days => ${arg("maxDays")}::int))
    where token_hash = ${arg("tokenHash")}`,
);

type KeyRow = CompanyRow &
  ReachRow & {
    keyId: number;
    role: Role;
    scopes: string[];
    name: string;
    lastUsedAt: string | null;
    expiresAt: string | null;
  };

// A key sees what whoever made it would see in its role.
const keyReach = sql.raw(reachColumns("k.company_id", "k.created_by"));

const keyByHash = prepared<{ keyHash: Buffer; now: string }>()(
  (_db, arg) => sql<KeyRow>`
    select ${companyColumns}, k.id as "keyId", k.role, k.scopes, k.name, k.last_used_at as "lastUsedAt",
      k.expires_at as "expiresAt", ${keyReach}
    from api_keys k
    join companies c on c.id = k.company_id
    join company_settings s on s.company_id = k.company_id
    left join ${sql.raw(reachTable("k.company_id", "k.role"))}
    where k.key_hash = ${arg("keyHash")} and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${arg("now")}::timestamptz)`,
);

const markKeyUsed = prepared<{ companyId: number; keyId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update api_keys set last_used_at = greatest(last_used_at, ${arg("now")}::timestamptz)
    where company_id = ${arg("companyId")}::bigint and id = ${arg("keyId")}::bigint`,
);
