import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Role } from "../context.ts";
import type { Reach } from "./reach.ts";
import { type ReachRow, reachColumns, reachOf, reachTable } from "./reach-of-caller.ts";

/** How far a member of the caller's company sees; undefined where there is no such member. */
export async function reachOfMember(ctx: Ctx, userId: number): Promise<Reach | undefined> {
  const row = await ctx.db.first(memberReach({ companyId: ctx.companyId, userId }));
  return row && reachOf(row.role, row);
}

const memberReach = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<ReachRow & { role: Role }>`
    select m.role, ${sql.raw(reachColumns("m.company_id", "m.user_id"))}
    from memberships m left join ${sql.raw(reachTable("m.company_id", "m.role"))}
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = ${arg("userId")}::bigint`,
);
