import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

export type AttachmentSubject = { contactId: number | null; dealId: number | null; noteId: number | null };

/** What a file is put on: exactly one of the three, which brings its person along. */
export async function resolveAttachmentSubject(ctx: Ctx, subject: AttachmentSubject): Promise<AttachmentSubject> {
  const { contactId, dealId, noteId } = subject;
  if ([contactId, dealId, noteId].filter((id) => id !== null).length !== 1) {
    throw invalid("contactId", "A file is put on one contact, one deal or one note.");
  }
  const found = await ctx.db.first(subjectPerson({ companyId: ctx.companyId, ...subject, ...reachArgs(ctx) }));
  if (!found) throw notFound(wordOf(subject), contactId ?? dealId ?? noteId ?? 0);
  return { contactId: found.contactId, dealId, noteId };
}

function wordOf({ contactId, dealId }: AttachmentSubject): "contact" | "deal" | "note" {
  if (contactId !== null) return "contact";
  return dealId === null ? "note" : "deal";
}

const subjectPerson = prepared<AttachmentSubject & ReachArgs & { companyId: number }>()(
  (_db, arg) => sql<{ contactId: number | null }>`
    select s.contact_id as "contactId"
    from (
      select id as contact_id from contacts
      where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null
      union all
      select contact_id from deals
      where company_id = ${arg("companyId")}::bigint and id = ${arg("dealId")}::bigint and deleted_at is null
      union all
      select contact_id from notes
      where company_id = ${arg("companyId")}::bigint and id = ${arg("noteId")}::bigint and deleted_at is null
    ) s
    left join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = s.contact_id
    where c.id is null or ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
