import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Role } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { requireRole } from "./permissions.ts";

export type Invitation = {
  id: number;
  email: string;
  role: Role;
  invitedBy: number | null;
  createdAt: string;
  expiresAt: string;
  acceptedAt: string | null;
  revokedAt: string | null;
};

export const invitationColumns = sql.raw(`id, email, role, invited_by as "invitedBy", created_at as "createdAt",
  expires_at as "expiresAt", accepted_at as "acceptedAt", revoked_at as "revokedAt"`);

/** Newest first. */
export async function listInvitations(
  ctx: Ctx,
  query: { limit: number; cursor?: number },
): Promise<Page<Invitation, number>> {
  requireRole(ctx, "admin");
  const { limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const rows = await ctx.db.all(invitationsBefore({ companyId: ctx.companyId, cursor, count: limit + 1 }));
  return pageOf(rows, limit, (invitation) => invitation.id);
}

const invitationsBefore = prepared<{ companyId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<Invitation>`
    select ${invitationColumns} from invitations
    where company_id = ${arg("companyId")}::bigint and id < ${arg("cursor")}::bigint
    order by id desc limit ${arg("count")}::int`,
);
