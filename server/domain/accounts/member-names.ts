import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { displayName } from "./user.ts";

/** What these members are called; nobody of another company. */
export async function memberNames(ctx: Ctx, userIds: (number | null)[]): Promise<Map<number, string>> {
  const ids = [...new Set(userIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.all(named({ companyId: ctx.companyId, ids }));
  return new Map(rows.map((row) => [row.id, displayName(row)]));
}

const named = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<{ id: number; firstName: string; lastName: string; email: string }>`
    select u.id, u.first_name as "firstName", u.last_name as "lastName", u.email
    from users u join memberships m on m.user_id = u.id and m.company_id = ${arg("companyId")}::bigint
    where u.id = any(${arg("ids")}::bigint[])`,
);
