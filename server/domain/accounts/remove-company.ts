import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

// Those that may have grown large, children first; everything else goes with the company's row.
const largeTables = [
  "events",
  "messages",
  "activities",
  "tasks",
  "deals",
  "lead_stage_changes",
  "leads",
  "conversations",
  "contact_identities",
  "contacts",
];
const batch = 20_000;

/**
 * Deletes a company with everything in it, and its users as far as they belong to no other. Nothing brings it back. Killed
 * half-way, it goes on when run again.
 */
export async function removeCompany(db: Db, companyId: number): Promise<void> {
  for (const table of largeTables) await emptyTable(db, table, companyId);
  await db.transaction(async (tx) => {
    const members = await tx.all(selectMembers({ companyId }));
    await tx.run(deleteCompany({ companyId }));
    await tx.run(deleteHomeless({ userIds: members.map(({ userId }) => userId) }));
  });
}

/** In batches, so that no statement runs into its time limit. */
async function emptyTable(db: Db, table: string, companyId: number): Promise<void> {
  const statement = emptying.get(table) ?? batchOf(table);
  emptying.set(table, statement);
  for (let deleted = batch; deleted === batch; ) deleted = await db.slow.run(statement({ companyId }));
}

type Emptying = ReturnType<typeof batchOf>;

const emptying = new Map<string, Emptying>();

function batchOf(table: string) {
  const name = sql.table(table);
  return prepared<{ companyId: number }>()(
    (_db, arg) => sql<never>`
      delete from ${name} where company_id = ${arg("companyId")}::bigint and ctid = any(array(
        select ctid from ${name} where company_id = ${arg("companyId")}::bigint limit ${sql.lit(batch)}))`,
  );
}

const selectMembers = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ userId: number }>`
    select user_id as "userId" from memberships where company_id = ${arg("companyId")}::bigint`,
);

const deleteCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`delete from companies where id = ${arg("companyId")}::bigint`,
);

const deleteHomeless = prepared<{ userIds: number[] }>()(
  (_db, arg) => sql<never>`
    delete from users u where u.id = any(${arg("userIds")}::bigint[])
      and not exists (select from memberships m where m.user_id = u.id)`,
);
