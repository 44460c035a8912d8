import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Role } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { requireRole, type Scope } from "./permissions.ts";

/** A key as the company sees it; the key itself is shown once, when it is made. */
export type ApiKey = {
  id: number;
  name: string;
  prefix: string;
  role: Role;
  scopes: Scope[];
  createdBy: number | null;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  createdAt: string;
};

export const apiKeyColumns =
  sql.raw(`id, name, prefix, role, scopes, created_by as "createdBy", last_used_at as "lastUsedAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", created_at as "createdAt"`);

/** Newest first, the revoked ones too. */
export async function listApiKeys(ctx: Ctx, query: { limit: number; cursor?: number }): Promise<Page<ApiKey, number>> {
  requireRole(ctx, "admin");
  const { limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const rows = await ctx.db.all(keysBefore({ companyId: ctx.companyId, cursor, count: limit + 1 }));
  return pageOf(rows, limit, (key) => key.id);
}

const keysBefore = prepared<{ companyId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<ApiKey>`
    select ${apiKeyColumns} from api_keys
    where company_id = ${arg("companyId")}::bigint and id < ${arg("cursor")}::bigint
    order by id desc limit ${arg("count")}::int`,
);
