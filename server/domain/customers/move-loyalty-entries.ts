import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Gives points of one person to another; which entries they were. All of them where `ids` is null. */
export async function moveLoyaltyEntries(
  tx: TxCtx,
  people: { from: number; to: number; ids: number[] | null },
): Promise<number[]> {
  return (await tx.tx.all(move({ ...people, companyId: tx.companyId }))).map(({ id }) => id);
}

const move = prepared<{ companyId: number; from: number; to: number; ids: number[] | null }>()(
  (_db, arg) => sql<{ id: number }>`
    update loyalty_entries set contact_id = ${arg("to")}::bigint
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint
      and (${arg("ids")}::bigint[] is null or id = any(${arg("ids")}::bigint[]))
    returning id`,
);
