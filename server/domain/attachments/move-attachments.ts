import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type MovedAttachments = {
  from: number;
  to: number;
  /** Only these; all of the person's where not said. */
  ids?: number[];
};

/** Gives the attachments of one person to another, for a merge or its undo; which they were. */
export async function moveAttachments(tx: TxCtx, { from, to, ids }: MovedAttachments): Promise<number[]> {
  const moved = await tx.tx.all(move({ companyId: tx.companyId, from, to, ids: ids ?? null }));
  return moved.map(({ id }) => id);
}

const move = prepared<{ companyId: number; from: number; to: number; ids: number[] | null }>()(
  (_db, arg) => sql<{ id: number }>`
    update attachments set contact_id = ${arg("to")}::bigint
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint
      and (${arg("ids")}::bigint[] is null or id = any(${arg("ids")}::bigint[]))
    returning id`,
);
