import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

/**
 * Holds a person's record until the transaction ends, and makes it where there is none; gives its version, 0 for a new one. The
 * person is held first, as everybody does who changes their stage: the trigger behind a stage wants the record too.
 */
export async function lockRecord(tx: TxCtx, contactId: number): Promise<number> {
  const args = { companyId: tx.companyId, contactId };
  const person = await tx.tx.first(shareContact({ ...args, ...reachArgs(tx) }));
  if (!person) throw notFound("contact", contactId);
  return lockRow(tx, contactId);
}

/** The same for a person who may be deleted: what stands on them still holds a provider's time. */
export async function lockRecordOfAnybody(tx: TxCtx, contactId: number): Promise<{ isDeleted: boolean }> {
  const args = { companyId: tx.companyId, contactId };
  const person = await tx.tx.first(shareAnybody({ ...args, ...reachArgs(tx) }));
  if (!person) throw notFound("contact", contactId);
  await lockRow(tx, contactId);
  return person;
}

/** The same for a person who may be gone: a merge leaves nobody out. */
export async function lockRow(tx: TxCtx, contactId: number): Promise<number> {
  const args = { companyId: tx.companyId, contactId };
  const created = await tx.tx.run(insertRecord({ ...args, now: tx.now().toISOString() }));
  const row = await tx.tx.first(recordForUpdate(args));
  if (!row) throw notFound("contact", contactId);
  return created > 0 ? 0 : row.version;
}

type OfContact = { companyId: number; contactId: number };

const shareContact = prepared<OfContact & ReachArgs>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null
      and ${inReachSql(arg, sql`owner_user_id`)} for key share`,
);

const shareAnybody = prepared<OfContact & ReachArgs>()(
  (_db, arg) => sql<{ isDeleted: boolean }>`
    select deleted_at is not null as "isDeleted" from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint
      and ${inReachSql(arg, sql`owner_user_id`)} for key share`,
);

const insertRecord = prepared<OfContact & { now: string }>()(
  (_db, arg) => sql<never>`
    insert into customer_records (company_id, contact_id, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, contact_id) do nothing`,
);

const recordForUpdate = prepared<OfContact>()(
  (_db, arg) => sql<{ version: number }>`
    select version from customer_records
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint for update`,
);
