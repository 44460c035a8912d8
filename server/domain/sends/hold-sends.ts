import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/**
 * Until the end of the transaction no worker claims anything for these people; one that is choosing just now is waited for. Who withdraws
 * a consent takes this first: a claim then either came before the word or sees it. Workers only try, so nobody waits in a circle.
 */
export async function holdSends(tx: TxCtx, contactIds: number[]): Promise<void> {
  await tx.tx.run(lockSends({ companyId: tx.companyId, contactIds }));
}

/** The name of the lock. In memory only: a row lock would write every person's row once for each message. */
export function holdKey(companyId: RawBuilder<unknown>, contactId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`hashtextextended('sends ' || ${companyId} || ' ' || ${contactId}, 0)`;
}

const lockSends = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<never>`
    select pg_advisory_xact_lock(key) from (
      select ${holdKey(sql`${arg("companyId")}::bigint`, sql`id`)} as key from unnest(${arg("contactIds")}::bigint[]) id order by 1
    ) k`,
);
