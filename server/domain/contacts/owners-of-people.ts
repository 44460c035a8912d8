import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Who owns these people of one company, deleted ones too; those whom nobody owns are there with null. */
export async function ownersOfPeople(
  db: Pick<Queries, "all">,
  companyId: number,
  contactIds: number[],
): Promise<Map<number, number | null>> {
  if (contactIds.length === 0) return new Map();
  const rows = await db.all(ownersOf({ companyId, contactIds }));
  return new Map(rows.map(({ id, ownerUserId }) => [id, ownerUserId]));
}

const ownersOf = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ id: number; ownerUserId: number | null }>`
    select id, owner_user_id as "ownerUserId" from contacts
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[])`,
);
