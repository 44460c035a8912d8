import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** Which of these people have a tag. */
export async function peopleWithTag(ctx: Ctx, contactIds: number[], tagId: number): Promise<Set<number>> {
  const rows = await ctx.db.all(tagged({ companyId: ctx.companyId, contactIds, tagId }));
  return new Set(rows.map(({ contactId }) => contactId));
}

const tagged = prepared<{ companyId: number; contactIds: number[]; tagId: number }>()(
  (_db, arg) => sql<{ contactId: number }>`
    select contact_id as "contactId" from contact_tags
    where company_id = ${arg("companyId")}::bigint and tag_id = ${arg("tagId")}::bigint
      and contact_id = any(${arg("contactIds")}::bigint[])`,
);
