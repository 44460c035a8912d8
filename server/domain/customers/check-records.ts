import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { recordedRow, recountedRow, recountedSet } from "./recount-columns.ts";

/** How many records differ from a recount of visits and points; one that is missing differs. */
export async function checkRecords(db: Db, companyId: number): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.run(withoutTimeLimit({}));
    const row = await tx.first(countDifferent({ companyId }));
    return row?.different ?? 0;
  });
}

const batch = 1000;

/** Makes all records equal to a recount, a thousand in a transaction, beside a running server too; how many were different. */
export async function rebuildRecords(db: Db, companyId: number): Promise<number> {
  await db.transaction(async (tx) => {
    await tx.run(withoutTimeLimit({}));
    await tx.run(insertMissing({ companyId }));
    // Planned for tables that were filled just now, the recount reads a whole company for each record.
    await tx.run(analyzeCounted({}));
  });
  let changed = 0;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from: number = after;
    after = await db.transaction(async (tx) => {
      await tx.run(withoutTimeLimit({}));
      // Locked by one statement and recounted by the next, which then sees what the lock waited for.
      const contactIds = (await tx.all(lockRecords({ companyId, after: from, count: batch }))).map(({ id }) => id);
      changed += await tx.run(recountThese({ companyId, contactIds }));
      return contactIds.length === batch ? contactIds.at(-1) : undefined;
    });
  }
  return changed;
}

const analyzeCounted = prepared<object>()(() => sql<never>`analyze appointments, customer_records`);

const withoutTimeLimit = prepared<object>()(() => sql<never>`set local statement_timeout = 0`);

const countDifferent = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ different: number }>`
    select (
      select count(*) from customer_records r
      join customer_record_recount x on x.company_id = r.company_id and x.contact_id = r.contact_id
      where r.company_id = ${arg("companyId")}::bigint and ${recordedRow} is distinct from ${recountedRow}
    ) + (
      select count(*) from (
        select contact_id from appointments where company_id = ${arg("companyId")}::bigint and deleted_at is null
        union select contact_id from loyalty_entries where company_id = ${arg("companyId")}::bigint
        except select contact_id from customer_records where company_id = ${arg("companyId")}::bigint
      ) missing
    ) as different`,
);

const insertMissing = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into customer_records (company_id, contact_id, customer_status)
    select c.company_id, c.id, case when c.stage = 'customer' then 'active' else 'new' end from contacts c
    where c.company_id = ${arg("companyId")}::bigint and (
      c.stage = 'customer'
      or exists (select from appointments a where a.company_id = c.company_id and a.contact_id = c.id and a.deleted_at is null)
      or exists (select from loyalty_entries e where e.company_id = c.company_id and e.contact_id = c.id)
    )
    on conflict (company_id, contact_id) do nothing`,
);

const lockRecords = prepared<{ companyId: number; after: number; count: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select contact_id as id from customer_records
    where company_id = ${arg("companyId")}::bigint and contact_id > ${arg("after")}::bigint
    order by contact_id limit ${arg("count")}::int for update`,
);

const recountThese = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<never>`
    update customer_records r set ${recountedSet}, version = r.version + 1
    from customer_record_recount x
    where r.company_id = ${arg("companyId")}::bigint and r.contact_id = any(${arg("contactIds")}::bigint[])
      and x.company_id = r.company_id and x.contact_id = r.contact_id and ${recordedRow} is distinct from ${recountedRow}`,
);
