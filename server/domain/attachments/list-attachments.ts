import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Attachment, attachmentColumns, attachmentSource } from "./attachment.ts";

/** Of one person (with their deals' and notes' files), one deal or one note. */
export type AttachmentQuery = (
  | { of: "contact"; contactId: number }
  | { of: "deal"; dealId: number }
  | { of: "note"; noteId: number }
) & { limit: number; cursor?: TimeCursor };

/** Files, newest first. */
export async function listAttachments(ctx: Ctx, query: AttachmentQuery): Promise<Page<Attachment, TimeCursor>> {
  const { limit, cursor = newestFirst } = query;
  const paging = { companyId: ctx.companyId, ...cursor, count: limit + 1, ...reachArgs(ctx) };
  const rows = await ctx.db.all(statementFor(query, paging));
  return pageOf(rows, limit, (file) => ({ at: file.createdAt, id: file.id }));
}

function statementFor(query: AttachmentQuery, paging: Omit<ListArgs, "subjectId">) {
  switch (query.of) {
    case "contact":
      return ofContact({ ...paging, subjectId: query.contactId });
    case "deal":
      return ofDeal({ ...paging, subjectId: query.dealId });
    case "note":
      return ofNote({ ...paging, subjectId: query.noteId });
  }
}

type ListArgs = ReachArgs & { companyId: number; subjectId: number; at: string; id: number; count: number };

const ofContact = attachmentList(sql`a.contact_id`);
const ofDeal = attachmentList(sql`a.deal_id`);
const ofNote = attachmentList(sql`a.note_id`);

function attachmentList(subject: RawBuilder<unknown>) {
  return prepared<ListArgs>()(
    (_db, arg) => sql<Attachment>`
      select ${attachmentColumns} from ${attachmentSource}
      where a.company_id = ${arg("companyId")}::bigint and ${subject} = ${arg("subjectId")}::bigint and a.deleted_at is null
        and (a.contact_id is null or ${inReachSql(arg, sql`c.owner_user_id`)})
        and (a.created_at, a.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      order by a.created_at desc, a.id desc limit ${arg("count")}::int`,
  );
}
