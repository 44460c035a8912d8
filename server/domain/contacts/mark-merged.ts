import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type PairMember = { id: number; deleted: boolean; mergedIntoId: number | null };

/** Two people that nobody else may change until the end of the transaction; taken in the order of their ids by everybody. */
export async function lockPair(tx: TxCtx, ids: [number, number]): Promise<PairMember[]> {
  return tx.tx.all(lockBoth({ companyId: tx.companyId, ids }));
}

/** Puts a person away because they are another one. */
export async function markMerged(tx: TxCtx, contactId: number, intoId: number): Promise<void> {
  await tx.tx.run(mark({ companyId: tx.companyId, contactId, intoId, now: tx.now().toISOString() }));
}

/** Brings such a person back. */
export async function unmarkMerged(tx: TxCtx, contactId: number): Promise<void> {
  await tx.tx.run(unmark({ companyId: tx.companyId, contactId, now: tx.now().toISOString() }));
}

const lockBoth = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<PairMember>`
    select id, deleted_at is not null as deleted, merged_into_id as "mergedIntoId" from contacts
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[]) order by id for update`,
);

const mark = prepared<{ companyId: number; contactId: number; intoId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts set deleted_at = ${arg("now")}::timestamptz, merged_into_id = ${arg("intoId")}::bigint, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);

const unmark = prepared<{ companyId: number; contactId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts set deleted_at = null, merged_into_id = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);
