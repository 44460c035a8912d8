import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Instance } from "./instance.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { hashToken } from "./secret-token.ts";

/** Ends one sign-in: its refresh tokens and, because they name it, its access tokens. */
export async function revokeFamily(queries: Queries, familyId: string, now: Date): Promise<number> {
  return queries.run(revokeTokensOf({ familyId, now: now.toISOString() }));
}

/** Signs out by what the client holds: its refresh token, or the sign-in its access token names. Unknown ones are fine. */
export async function signOut(instance: Instance, held: { refreshToken?: string; familyId?: string }): Promise<void> {
  const revoked = await instance.db.transaction(async (queries) => {
    const token = held.refreshToken && (await queries.first(familyOf({ tokenHash: hashToken(held.refreshToken) })));
    const families = new Set([held.familyId, token ? token.familyId : undefined]);
    let count = 0;
    for (const familyId of families) if (familyId) count += await revokeFamily(queries, familyId, instance.now());
    return count;
  });
  if (revoked > 0) forgetPrincipals();
}

const familyOf = prepared<{ tokenHash: Buffer }>()(
  (_db, arg) => sql<{ familyId: string }>`
    select family_id as "familyId" from refresh_tokens where token_hash = ${arg("tokenHash")}`,
);

const revokeTokensOf = prepared<{ familyId: string; now: string }>()(
  (_db, arg) => sql<never>`
    update refresh_tokens set revoked_at = ${arg("now")}::timestamptz
    where family_id = ${arg("familyId")}::uuid and revoked_at is null`,
);
