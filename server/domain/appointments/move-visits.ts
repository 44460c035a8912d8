import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { lockRow } from "../customers/lock-record.ts";
import { moveLoyaltyEntries } from "../customers/move-loyalty-entries.ts";
import { refreshRecord } from "../customers/refresh-record.ts";

/** The visits of a merged person and the points that stand with them. */
export type MovedVisits = { appointments: number[]; loyaltyEntries: number[] };

/** Gives visits and points of one person to another, for a merge or its undo, and counts both records anew; what was moved. */
export async function moveVisits(
  tx: TxCtx,
  { from, to }: { from: number; to: number },
  only?: MovedVisits,
): Promise<MovedVisits> {
  for (const contactId of [from, to].toSorted((a, b) => a - b)) await lockRow(tx, contactId);
  const moved = await tx.tx.all(move({ companyId: tx.companyId, from, to, ids: only?.appointments ?? null }));
  const loyaltyEntries = await moveLoyaltyEntries(tx, { from, to, ids: only?.loyaltyEntries ?? null });
  for (const contactId of [from, to]) await refreshRecord(tx, contactId);
  return { appointments: moved.map(({ id }) => id), loyaltyEntries };
}

const move = prepared<{ companyId: number; from: number; to: number; ids: number[] | null }>()(
  (_db, arg) => sql<{ id: number }>`
    update appointments set contact_id = ${arg("to")}::bigint, version = version + 1
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint
      and (${arg("ids")}::bigint[] is null or id = any(${arg("ids")}::bigint[]))
    returning id`,
);
