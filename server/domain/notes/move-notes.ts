import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { type OwnLeadArgs, toOwnOpenLeadSql } from "../leads/own-open-lead.ts";

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

/** After a merge was undone: the notes of these people that stand on a lead of somebody else come to their own open one, if any. */
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

const toOwnLead = prepared<OwnLeadArgs>()((_db, arg) => sql<never>`update notes x set ${toOwnOpenLeadSql(arg)}`);
