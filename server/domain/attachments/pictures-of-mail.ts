import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Attachment, attachmentColumns, attachmentSource } from "./attachment.ts";

export type MailPicture = Attachment & {
  /** By which the mail's HTML names it. */
  contentId: string;
};

/** What of a mail's pictures is put into its page: more is shown as missing, so that one look costs no more memory than this. */
const mostBytes = 5 * 1024 * 1024;

/** The pictures that came with a mail and that its HTML shows by name, the first of them up to five megabytes together. */
export async function picturesOfMail(ctx: Ctx, messageId: number): Promise<MailPicture[]> {
  return ctx.db.all(selectPictures({ companyId: ctx.companyId, messageId, mostBytes, ...reachArgs(ctx) }));
}

const selectPictures = prepared<{ companyId: number; messageId: number; mostBytes: number } & ReachArgs>()(
  (_db, arg) => sql<MailPicture>`
    select * from (
      select ${attachmentColumns}, a.content_id as "contentId", sum(a.size_bytes) over (order by a.id) as so_far
      from ${attachmentSource}
      where a.company_id = ${arg("companyId")}::bigint and a.message_id = ${arg("messageId")}::bigint and a.deleted_at is null
        and a.content_id is not null and a.mime_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp')
        and (a.contact_id is null or ${inReachSql(arg, sql`c.owner_user_id`)})
    ) p where so_far <= ${arg("mostBytes")}::bigint order by id limit 100`,
);
