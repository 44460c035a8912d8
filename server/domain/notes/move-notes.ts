import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type MovedNotes = {
  from: number;
  to: number;
  /** Only these; all of the person's where not said. */
  ids?: number[];
};

/** Gives the notes of one person to another, for a merge or its undo; which they were. */
export async function moveNotes(tx: TxCtx, { from, to, ids }: MovedNotes): Promise<number[]> {
  const moved = await tx.tx.all(move({ companyId: tx.companyId, from, to, ids: ids ?? null }));
  return moved.map(({ id }) => id);
}

/** What of these people stands on a lead that left them, or stayed behind, stands on their own open one, if any. */
export async function bringNotesToOwnLead(tx: TxCtx, contactIds: number[]): Promise<void> {
  await tx.tx.run(toOwnLead({ companyId: tx.companyId, contactIds }));
}

const move = prepared<{ companyId: number; from: number; to: number; ids: number[] | null }>()(
  (_db, arg) => sql<{ id: number }>`
    update notes set contact_id = ${arg("to")}::bigint, version = version + 1
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint
      and (${arg("ids")}::bigint[] is null or id = any(${arg("ids")}::bigint[]))
    returning id`,
);

const toOwnLead = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<never>`
    update notes x set version = x.version + 1, lead_id = (
      select o.id from leads o
      where o.company_id = x.company_id and o.contact_id = x.contact_id and o.closed_at is null and o.deleted_at is null)
    where x.company_id = ${arg("companyId")}::bigint and x.contact_id = any(${arg("contactIds")}::bigint[]) and x.lead_id is not null
      and not exists (select from leads l where l.company_id = x.company_id and l.id = x.lead_id and l.contact_id = x.contact_id)`,
);
