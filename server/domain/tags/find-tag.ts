import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { Tag } from "./tag.ts";
import { tagKey } from "./tag-key.ts";

/** The tag that is called so, in any spelling of case, accents and spaces. */
export async function findTag(ctx: Ctx, name: string): Promise<Tag | undefined> {
  return ctx.db.first(tagByKey({ companyId: ctx.companyId, key: tagKey(name) }));
}

const tagByKey = prepared<{ companyId: number; key: string }>()(
  (_db, arg) => sql<Tag>`
    select id, name, color, created_at as "createdAt" from tags
    where company_id = ${arg("companyId")}::bigint and name_key = ${arg("key")}::text`,
);
