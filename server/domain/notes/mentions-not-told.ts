import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { displayName } from "../accounts/user.ts";
import type { Ctx } from "../context.ts";
import { memberSeesSql } from "../reach/member-sees.ts";

export type MentionNotTold = { userId: number; name: string };

/** The members named in a note whom nobody tells of it, because they do not see its person: the writer has to know. */
export async function mentionsNotTold(ctx: Ctx, noteId: number | null): Promise<MentionNotTold[]> {
  if (noteId === null) return [];
  const rows = await ctx.db.all(unseeing({ companyId: ctx.companyId, noteId }));
  return rows.map((row) => ({ userId: row.id, name: displayName(row) }));
}

const unseeing = prepared<{ companyId: number; noteId: number }>()(
  (_db, arg) => sql<{ id: number; firstName: string; lastName: string; email: string }>`
    select u.id, u.first_name as "firstName", u.last_name as "lastName", u.email
    from notes n cross join unnest(n.mentions) as named (user_id)
    join memberships m on m.company_id = n.company_id and m.user_id = named.user_id
    join users u on u.id = m.user_id
    where n.company_id = ${arg("companyId")}::bigint and n.id = ${arg("noteId")}::bigint and not ${memberSeesSql(sql`n.contact_id`)}
    order by u.id`,
);
