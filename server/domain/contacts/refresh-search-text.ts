import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { writeSearchTexts } from "./write-search-texts.ts";

const batch = 1_000;

/** An organization's name is part of what its people are found by. */
export async function refreshSearchTextOfOrganization(tx: TxCtx, organizationId: number): Promise<void> {
  let after = 0;
  for (;;) {
    const people = await tx.tx.all(peopleOf({ companyId: tx.companyId, organizationId, after, batch }));
    await writeSearchTexts(tx, people);
    after = people.at(-1)?.id ?? after;
    if (people.length < batch) return;
  }
}

type Person = { id: number; name: string; phone: string | null; email: string | null; company: string | null };

// Deleted people too: they may be restored. The limit and the order keep each batch a range of the index.
const peopleOf = prepared<{ companyId: number; organizationId: number; after: number; batch: number }>()(
  (_db, arg) => sql<Person>`
    select c.id, c.name, c.phone, c.email, o.name as company
    from contacts c
    left join organizations o on o.company_id = c.company_id and o.id = c.organization_id and o.deleted_at is null
    where c.company_id = ${arg("companyId")}::bigint and c.organization_id = ${arg("organizationId")}::bigint
      and c.id > ${arg("after")}::bigint
    order by c.id limit ${arg("batch")}::int`,
);
