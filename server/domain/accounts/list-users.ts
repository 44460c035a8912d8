import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { type User, userColumns } from "./user.ts";

/** The members of the company, in the order in which they were made known to the installation. */
export async function listUsers(ctx: Ctx, query: { limit: number; cursor?: number }): Promise<Page<User, number>> {
  const { limit, cursor = 0 } = query;
  const rows = await ctx.db.all(usersAfter({ companyId: ctx.companyId, cursor, count: limit + 1 }));
  return pageOf(rows, limit, (user) => user.id);
}

const usersAfter = prepared<{ companyId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<User>`
    select ${userColumns} from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint and m.user_id > ${arg("cursor")}::bigint
    order by m.user_id limit ${arg("count")}::int`,
);
