import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Puts computed scores on their people, where the lists sort by them. The scoring records what changed. */
export async function writeLeadScores(tx: TxCtx, rows: { contactId: number; score: number }[]): Promise<void> {
  if (rows.length === 0) return;
  const contactIds = rows.map((row) => row.contactId);
  const scores = rows.map((row) => row.score);
  await tx.tx.run(updateScores({ companyId: tx.companyId, contactIds, scores, now: tx.now().toISOString() }));
}

const updateScores = prepared<{ companyId: number; contactIds: number[]; scores: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts c set lead_score = r.score, version = c.version + 1, updated_at = ${arg("now")}::timestamptz
    from unnest(${arg("contactIds")}::bigint[], ${arg("scores")}::int[]) as r (id, score)
    where c.company_id = ${arg("companyId")}::bigint and c.id = r.id`,
);
