import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { getMerge } from "./list-merges.ts";
import type { Merge } from "./merge.ts";
import { findProposal, insertMerge } from "./merge-rows.ts";

export type MergeRequest = { keptId: number; mergedId: number; reason?: string };

/** A person says that two contacts are one; also where the same was turned down before. Nothing is merged yet. */
export async function proposeMergeByHand(ctx: Ctx, { keptId, mergedId, reason }: MergeRequest): Promise<Merge> {
  if (keptId === mergedId) throw invalid("mergedContactId", "mergedContactId must be another person");
  return ctx.transact(async (tx) => {
    await requireContact(tx, keptId);
    await requireContact(tx, mergedId);
    await refuseSecond(tx, [keptId, mergedId]);
    const merge = { keptId, mergedId, reason: reason ?? "Proposed by hand.", evidence: {} };
    const id = await insertMerge(tx, merge);
    // Another request was faster; its row is there by now.
    if (id === null) throw await duplicateProposal(tx, [keptId, mergedId]);
    await recordEvent(tx, {
      type: "contact_merge.proposed",
      subject: { kind: "contact_merge", id },
      contactId: keptId,
      data: { kept_contact_id: keptId, merged_contact_id: mergedId, reason: merge.reason },
    });
    return getMerge(tx, id);
  });
}

async function refuseSecond(tx: TxCtx, ids: [number, number]): Promise<void> {
  if ((await findProposal(tx, ids)) !== null) throw await duplicateProposal(tx, ids);
}

async function duplicateProposal(tx: TxCtx, ids: [number, number]): Promise<DomainError> {
  const existingId = await findProposal(tx, ids);
  const message = "This merge is proposed already.";
  return new DomainError({
    kind: "duplicate",
    entity: "contact_merge",
    message,
    ...(existingId === null ? {} : { existingId }),
  });
}
