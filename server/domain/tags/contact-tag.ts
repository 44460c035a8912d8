import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { listContactTags } from "./list-tags.ts";
import type { ContactTag } from "./tag.ts";
import { putTag, type TagChoice, untagContact } from "./tag-contact.ts";

/** Puts a tag on a person and gives it as it stands there, and whether it is new; to one that is there already, new notes are written. */
export async function addContactTag(
  ctx: Ctx,
  contactId: number,
  choice: TagChoice & { notes?: string },
): Promise<{ tag: ContactTag; isNew: boolean }> {
  return ctx.transact(async (tx) => {
    const {
      tag: { id },
      isNew,
    } = await putTag(tx, contactId, choice);
    const added = (await listContactTags(tx, contactId)).find(({ tagId }) => tagId === id);
    if (!added) throw notFound("tag", id);
    const { notes } = choice;
    if (notes === undefined || notes === added.notes) return { tag: added, isNew };
    await tx.tx.run(writeNotes({ companyId: tx.companyId, contactTagId: added.id, notes }));
    const subject = { kind: "contact", id: contactId } as const;
    await recordEvent(tx, { type: "contact.tagged", subject, after: { tag: added.name }, data: { notes } });
    return { tag: { ...added, notes }, isNew };
  });
}

/** Takes a tag off its person by the id that it has there. */
export async function removeContactTag(ctx: Ctx, contactTagId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const row = await tx.db.first(placeOf({ companyId: tx.companyId, contactTagId, ...reachArgs(tx) }));
    if (!row) throw notFound("customer_tag", contactTagId);
    // Somebody else may have taken it off meanwhile.
    if (!(await untagContact(tx, row.contactId, row.tagId))) throw notFound("customer_tag", contactTagId);
  });
}

const writeNotes = prepared<{ companyId: number; contactTagId: number; notes: string }>()(
  (_db, arg) => sql<never>`
    update contact_tags set notes = ${arg("notes")}::text
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactTagId")}::bigint`,
);

const placeOf = prepared<{ companyId: number; contactTagId: number } & ReachArgs>()(
  (_db, arg) => sql<{ contactId: number; tagId: number }>`
    select x.contact_id as "contactId", x.tag_id as "tagId"
    from contact_tags x join contacts c on c.company_id = x.company_id and c.id = x.contact_id
    where x.company_id = ${arg("companyId")}::bigint and x.id = ${arg("contactTagId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
