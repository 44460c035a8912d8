import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireContact } from "../contacts/require-contact.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getTag } from "./list-tags.ts";
import type { Tag } from "./tag.ts";
import { tagNamed } from "./write-tag.ts";

/** By id, or by a name that is made a tag where it is none. */
export type TagChoice = { tagId: number } | { name: string };

/** Puts a tag on a person; one that is there already stays as it is. */
export async function tagContact(ctx: Ctx, contactId: number, choice: TagChoice & { notes?: string }): Promise<Tag> {
  return ctx.transact(async (tx) => (await putTag(tx, contactId, choice)).tag);
}

/** The same, and whether the person did not have it before. */
export async function putTag(
  tx: TxCtx,
  contactId: number,
  choice: TagChoice & { notes?: string },
): Promise<{ tag: Tag; isNew: boolean }> {
  await requireContact(tx, contactId);
  const tag = await ("name" in choice ? tagNamed(tx, choice.name) : getTag(tx, choice.tagId));
  const { companyId } = tx;
  const row = { companyId, contactId, tagId: tag.id, notes: choice.notes ?? null, addedBy: actingUserId(tx) };
  const added = await tx.tx.run(insertContactTag({ ...row, now: tx.now().toISOString() }));
  if (added === 0) return { tag, isNew: false };
  const data = choice.notes === undefined ? {} : { notes: choice.notes };
  const after = { tag: tag.name };
  await recordEvent(tx, { type: "contact.tagged", subject: { kind: "contact", id: contactId }, after, data });
  return { tag, isNew: true };
}

/** Takes a tag from a person; says whether they had it. */
export async function untagContact(ctx: Ctx, contactId: number, tagId: number): Promise<boolean> {
  return ctx.transact(async (tx) => {
    await requireContact(tx, contactId);
    const tag = await getTag(tx, tagId);
    const removed = await tx.tx.run(deleteContactTag({ companyId: tx.companyId, contactId, tagId }));
    if (removed === 0) return false;
    const before = { tag: tag.name };
    await recordEvent(tx, { type: "contact.untagged", subject: { kind: "contact", id: contactId }, before });
    return true;
  });
}

type ContactTagRow = { companyId: number; contactId: number; tagId: number };

const insertContactTag = prepared<ContactTagRow & { notes: string | null; addedBy: number | null; now: string }>()(
  (_db, arg) => sql<never>`
    insert into contact_tags (company_id, contact_id, tag_id, notes, added_by, added_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("tagId")}::bigint, ${arg("notes")}::text,
      ${arg("addedBy")}::bigint, ${arg("now")}::timestamptz)
    on conflict (company_id, contact_id, tag_id) do nothing`,
);

const deleteContactTag = prepared<ContactTagRow>()(
  (_db, arg) => sql<never>`
    delete from contact_tags where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and tag_id = ${arg("tagId")}::bigint`,
);
