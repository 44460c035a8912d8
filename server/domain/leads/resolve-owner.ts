import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireMember } from "../accounts/require-member.ts";
import { memberNameSql } from "../accounts/user.ts";
import type { Ctx } from "../context.ts";
import { requireOwnerInReach } from "../reach/reach.ts";

export type Owner = { ownerUserId: number | null; ownerName: string | null };

/** Who is meant: a member by id, or by a name that is one member's (or their address); any other name is kept as it is. */
export async function resolveOwner(
  ctx: Ctx,
  asked: { ownerUserId?: number | null; owner?: string | null },
): Promise<Owner | undefined> {
  if (asked.ownerUserId !== undefined) {
    await requireMember(ctx, "ownerUserId", asked.ownerUserId);
    requireOwnerInReach(ctx, asked.ownerUserId);
    return { ownerUserId: asked.ownerUserId, ownerName: null };
  }
  if (asked.owner === undefined) return undefined;
  const name = asked.owner?.trim().replace(/\s+/g, " ") ?? "";
  if (name === "") return resolveOwner(ctx, { ownerUserId: null });
  const userId = await memberNamed(ctx, name);
  requireOwnerInReach(ctx, userId ?? null);
  return userId === undefined ? { ownerUserId: null, ownerName: name } : { ownerUserId: userId, ownerName: null };
}

/** The member whom a name means; nobody where two are called so. */
export async function memberNamed(ctx: Ctx, name: string): Promise<number | undefined> {
  const [found, another] = await ctx.db.all(membersNamed({ companyId: ctx.companyId, name }));
  return another === undefined ? found?.id : undefined;
}

const membersNamed = prepared<{ companyId: number; name: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select u.id from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint
      and (lower(regexp_replace(${memberNameSql(sql`u`)}, '\\s+', ' ', 'g')) = lower(${arg("name")}::text) or u.email = lower(${arg("name")}::text))
    limit 2`,
);
