import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Attachment, attachmentColumns, attachmentSource } from "./attachment.ts";

/** What came or went with mails, by their message ids. */
export async function filesOfMails(ctx: Ctx, messageIds: number[]): Promise<Map<number, Attachment[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await ctx.db.all(selectFiles({ companyId: ctx.companyId, messageIds, ...reachArgs(ctx) }));
  return Map.groupBy(rows, ({ ofMessage }) => ofMessage);
}

// A file belongs to the first mail it left with; what else it went with stands in the outbox.
const selectFiles = prepared<{ companyId: number; messageIds: number[] } & ReachArgs>()(
  (_db, arg) => sql<Attachment & { ofMessage: number }>`
    select w.message_id as "ofMessage", ${attachmentColumns}
    from (
      select message_id, id from attachments
      where company_id = ${arg("companyId")}::bigint and message_id = any(${arg("messageIds")}::bigint[])
      union
      select s.message_id, f.id::bigint from outbound_sends s, jsonb_array_elements_text(s.request -> 'attachmentIds') f (id)
      where s.company_id = ${arg("companyId")}::bigint and s.message_id = any(${arg("messageIds")}::bigint[])
    ) w
    join (${attachmentSource}) on a.company_id = ${arg("companyId")}::bigint and a.id = w.id
    where a.deleted_at is null and (a.contact_id is null or ${inReachSql(arg, sql`c.owner_user_id`)})
    order by w.message_id, a.id`,
);
