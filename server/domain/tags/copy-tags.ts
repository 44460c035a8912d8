import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Puts the tags of one person on another too; which of them were new there. */
export async function copyTags(tx: TxCtx, people: { from: number; to: number }): Promise<number[]> {
  const added = await tx.tx.all(copy({ ...people, companyId: tx.companyId }));
  return added.map(({ tagId }) => tagId);
}

/** Takes them off again. */
export async function dropTags(tx: TxCtx, contactId: number, tagIds: number[]): Promise<void> {
  await tx.tx.run(drop({ companyId: tx.companyId, contactId, tagIds }));
}

const copy = prepared<{ companyId: number; from: number; to: number }>()(
  (_db, arg) => sql<{ tagId: number }>`
    insert into contact_tags (company_id, contact_id, tag_id, notes, added_by, added_at)
    select company_id, ${arg("to")}::bigint, tag_id, notes, added_by, added_at from contact_tags
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint
    on conflict (company_id, contact_id, tag_id) do nothing
    returning tag_id as "tagId"`,
);

const drop = prepared<{ companyId: number; contactId: number; tagIds: number[] }>()(
  (_db, arg) => sql<never>`
    delete from contact_tags where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and tag_id = any(${arg("tagIds")}::bigint[])`,
);
