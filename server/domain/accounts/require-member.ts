import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";

/** Refuses an owner or assignee who is not of this company; nobody is fine. `path` names the field that said so. */
export async function requireMember(ctx: Ctx, path: string, userId: number | null | undefined): Promise<void> {
  if (userId === null || userId === undefined) return;
  const row = await ctx.db.first(membership({ companyId: ctx.companyId, userId }));
  if (!row) throw invalid(path, "There is no such user.");
}

const membership = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<{ userId: number }>`
    select user_id as "userId" from memberships
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint`,
);
