import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { requireInReach } from "../contacts/require-contact.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import type { MergeStatus } from "./merge.ts";
import type { MergeNote } from "./merge-note.ts";

export type HeldMerge = { id: number; status: MergeStatus; keptId: number; mergedId: number; undo: MergeNote | null };

/** The merge, which nobody else can decide at the same time. */
export async function lockMerge(tx: TxCtx, id: number): Promise<HeldMerge> {
  const merge = await tx.tx.first(mergeForUpdate({ companyId: tx.companyId, id }));
  if (!merge) throw notFound("contact merge", id);
  for (const contactId of [merge.keptId, merge.mergedId]) await requireInReach(tx, "contact merge", { id, contactId });
  return merge;
}

export type Decision = { id: number; status: MergeStatus; keptId: number; mergedId: number; undo: MergeNote | null };

export async function writeDecision(tx: TxCtx, decision: Decision): Promise<void> {
  const undo = decision.undo === null ? null : JSON.stringify(decision.undo);
  const who = { companyId: tx.companyId, decidedBy: actingUserId(tx), now: tx.now().toISOString() };
  await tx.tx.run(updateDecision({ ...decision, ...who, undo }));
}

/** Null where this pair stands there as proposed already. */
export async function insertMerge(
  tx: TxCtx,
  merge: { keptId: number; mergedId: number; reason: string; evidence: JsonObject },
): Promise<number | null> {
  const args = { ...merge, companyId: tx.companyId, evidence: JSON.stringify(merge.evidence) };
  return (await tx.tx.first(insertRow(args)))?.id ?? null;
}

/** An open proposal about these two, whoever of them would be kept. */
export async function findProposal(tx: TxCtx, ids: [number, number]): Promise<number | null> {
  const row = await tx.tx.first(
    proposalOf({ companyId: tx.companyId, one: Math.min(...ids), other: Math.max(...ids) }),
  );
  return row?.id ?? null;
}

const mergeForUpdate = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<HeldMerge>`
    select id, status, kept_contact_id as "keptId", merged_contact_id as "mergedId", undo from contact_merges
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

type DecisionArgs = Omit<Decision, "undo"> & {
  companyId: number;
  undo: string | null;
  decidedBy: number | null;
  now: string;
};

const updateDecision = prepared<DecisionArgs>()(
  (_db, arg) => sql<never>`
    update contact_merges set status = ${arg("status")}::text, kept_contact_id = ${arg("keptId")}::bigint,
      merged_contact_id = ${arg("mergedId")}::bigint, undo = ${arg("undo")}::jsonb, decided_by = ${arg("decidedBy")}::bigint,
      decided_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const insertRow = prepared<{ companyId: number; keptId: number; mergedId: number; reason: string; evidence: string }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into contact_merges (company_id, kept_contact_id, merged_contact_id, reason, evidence)
    values (${arg("companyId")}::bigint, ${arg("keptId")}::bigint, ${arg("mergedId")}::bigint, ${arg("reason")}::text, ${arg("evidence")}::jsonb)
    on conflict (company_id, kept_contact_id, merged_contact_id) where status = 'proposed' do nothing
    returning id`,
);

const proposalOf = prepared<{ companyId: number; one: number; other: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contact_merges
    where company_id = ${arg("companyId")}::bigint and status = 'proposed'
      and kept_contact_id in (${arg("one")}::bigint, ${arg("other")}::bigint)
      and merged_contact_id in (${arg("one")}::bigint, ${arg("other")}::bigint)`,
);
