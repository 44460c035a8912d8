import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type ApiKey, apiKeyColumns } from "./api-key.ts";
import { requireRole } from "./permissions.ts";
import { forgetPrincipals } from "./principal-generation.ts";

/** Ends a key for good; one that has ended stays as it is. */
export async function revokeApiKey(ctx: Ctx, apiKeyId: number): Promise<ApiKey> {
  requireRole(ctx, "admin");
  const revoked = await ctx.transact(async (tx) => {
    const { companyId } = tx;
    const before = await tx.tx.first(lockKey({ companyId, apiKeyId }));
    if (!before) throw notFound("api_key", apiKeyId);
    if (before.revokedAt !== null) return before;
    const after = await tx.tx.first(writeRevoked({ companyId, apiKeyId, now: tx.now().toISOString() }));
    const data = { apiKeyId, name: before.name, prefix: before.prefix };
    await recordEvent(tx, { type: "api_key.revoked", subject: { kind: "company", id: companyId }, data });
    return after ?? before;
  });
  forgetPrincipals();
  return revoked;
}

const lockKey = prepared<{ companyId: number; apiKeyId: number }>()(
  (_db, arg) => sql<ApiKey>`
    select ${apiKeyColumns} from api_keys
    where company_id = ${arg("companyId")}::bigint and id = ${arg("apiKeyId")}::bigint for update`,
);

const writeRevoked = prepared<{ companyId: number; apiKeyId: number; now: string }>()(
  (_db, arg) => sql<ApiKey>`
    update api_keys set revoked_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("apiKeyId")}::bigint
    returning ${apiKeyColumns}`,
);
