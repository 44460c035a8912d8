import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type Role } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type ApiKey, apiKeyColumns } from "./api-key.ts";
import { newApiKey } from "./api-key-format.ts";
import { requireRole, type Scope } from "./permissions.ts";
import { hashToken } from "./secret-token.ts";

export type NewApiKey = {
  name: string;
  /** What the key may do within its scopes; a manager's rights where not said. */
  role?: Role;
  /** Read and write where not said. */
  scopes?: Scope[];
  expiresAt?: string | null;
};

/** Makes a key; `key` is shown this once. */
export async function createApiKey(ctx: Ctx, input: NewApiKey): Promise<{ apiKey: ApiKey; key: string }> {
  requireRole(ctx, "admin");
  const { role = "manager", scopes = ["read", "write"], expiresAt = null } = input;
  const name = input.name.trim();
  if (name === "") throw invalid("name", "A name is required.");
  if (scopes.length === 0) throw invalid("scopes", "At least one scope is required.");
  if (expiresAt !== null && !(Date.parse(expiresAt) > ctx.now().getTime())) {
    throw invalid("expiresAt", "The end must lie in the future.");
  }
  const { key, prefix } = newApiKey();
  const apiKey = await ctx.transact(async (tx) => {
    const { companyId } = tx;
    const row = {
      companyId,
      name,
      prefix,
      keyHash: hashToken(key),
      role,
      scopes,
      expiresAt,
      createdBy: actingUserId(tx),
    };
    const stored = await tx.tx.first(insertKey({ ...row, now: tx.now().toISOString() }));
    if (!stored) throw notFound("company", companyId);
    const data = { apiKeyId: stored.id, name, prefix, role, scopes };
    await recordEvent(tx, { type: "api_key.created", subject: { kind: "company", id: companyId }, data });
    return stored;
  });
  return { apiKey, key };
}

type Row = {
  companyId: number;
  name: string;
  prefix: string;
  keyHash: Buffer;
  role: Role;
  scopes: Scope[];
  createdBy: number | null;
  expiresAt: string | null;
  now: string;
};

const insertKey = prepared<Row>()(
  (_db, arg) => sql<ApiKey>`
    insert into api_keys (company_id, name, prefix, key_hash, role, scopes, created_by, expires_at, created_at)
    values (${arg("companyId")}::bigint, ${arg("name")}, ${arg("prefix")}, ${arg("keyHash")}, ${arg("role")},
      ${arg("scopes")}::text[], ${arg("createdBy")}::bigint, ${arg("expiresAt")}::timestamptz, ${arg("now")}::timestamptz)
    returning ${apiKeyColumns}`,
);
