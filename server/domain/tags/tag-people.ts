import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import type { Tag } from "./tag.ts";
import { tagNamed } from "./write-tag.ts";

/** Puts a tag on many people, who are of this company; who did not have it. A name that is no tag yet becomes one. */
export async function tagPeople(tx: TxCtx, contactIds: number[], tag: Tag | string): Promise<number[]> {
  const { id, name } = typeof tag === "string" ? await tagNamed(tx, tag) : tag;
  const { companyId } = tx;
  const args = { companyId, contactIds, tagId: id, addedBy: actingUserId(tx), now: tx.now().toISOString() };
  const added = (await tx.tx.all(insertAll(args))).map(({ contactId }) => contactId);
  await recordEvents(
    tx,
    added.map((contactId) => ({
      type: "contact.tagged",
      subject: { kind: "contact", id: contactId },
      after: { tag: name },
    })),
  );
  return added;
}

/** Takes a tag from many people; who had it. */
export async function untagPeople(tx: TxCtx, contactIds: number[], { id, name }: Tag): Promise<number[]> {
  const removed = (await tx.tx.all(deleteAll({ companyId: tx.companyId, contactIds, tagId: id }))).map(
    ({ contactId }) => contactId,
  );
  await recordEvents(
    tx,
    removed.map((contactId) => ({
      type: "contact.untagged",
      subject: { kind: "contact", id: contactId },
      before: { tag: name },
    })),
  );
  return removed;
}

type Args = { companyId: number; contactIds: number[]; tagId: number };

const insertAll = prepared<Args & { addedBy: number | null; now: string }>()(
  (_db, arg) => sql<{ contactId: number }>`
    insert into contact_tags (company_id, contact_id, tag_id, added_by, added_at)
    select ${arg("companyId")}::bigint, id, ${arg("tagId")}::bigint, ${arg("addedBy")}::bigint, ${arg("now")}::timestamptz
    from unnest(${arg("contactIds")}::bigint[]) as id
    on conflict (company_id, contact_id, tag_id) do nothing
    returning contact_id as "contactId"`,
);

const deleteAll = prepared<Args>()(
  (_db, arg) => sql<{ contactId: number }>`
    delete from contact_tags where company_id = ${arg("companyId")}::bigint and tag_id = ${arg("tagId")}::bigint
      and contact_id = any(${arg("contactIds")}::bigint[])
    returning contact_id as "contactId"`,
);
