import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Attachment, attachmentColumns, attachmentSource } from "./attachment.ts";

export async function getAttachment(ctx: Ctx, attachmentId: number): Promise<Attachment> {
  const [found] = await attachmentsByIds(ctx, [attachmentId]);
  if (!found) throw notFound("attachment", attachmentId);
  return found;
}

/** Those of the files that there are and that the caller may see, by id. */
export async function attachmentsByIds(ctx: Ctx, ids: number[]): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  return ctx.db.all(selectByIds({ companyId: ctx.companyId, ids, ...reachArgs(ctx) }));
}

const selectByIds = prepared<{ companyId: number; ids: number[] } & ReachArgs>()(
  (_db, arg) => sql<Attachment>`
    select ${attachmentColumns} from ${attachmentSource}
    where a.company_id = ${arg("companyId")}::bigint and a.id = any(${arg("ids")}::bigint[]) and a.deleted_at is null
      and (a.contact_id is null or ${inReachSql(arg, sql`c.owner_user_id`)})
    order by a.id`,
);
