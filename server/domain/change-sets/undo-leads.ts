import { stages } from "../../../shared/stages.ts";
import type { TxCtx } from "../context.ts";
import { assignLeads, mayMove, moveHeldLeads } from "../leads/act-on-leads.ts";
import { type HeldLead, holdLeads } from "../leads/hold-leads.ts";
import type { ChangeRow } from "./change-set.ts";
import { textOrNull } from "./snapshot-values.ts";

type Kept = Map<number, string>;

/** Gives leads back to whom a bulk change took them from, where nobody did so since; of the others, why not. */
export async function undoLeadOwners(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const { kept, free } = await standing(
    tx,
    rows,
    (lead, after) => lead.ownerUserId === after.ownerUserId && lead.ownerName === after.ownerName,
  );
  await assignLeads(
    tx,
    free.map(({ held, before }) => ({
      held,
      owner: {
        ownerUserId: typeof before?.ownerUserId === "number" ? before.ownerUserId : null,
        ownerName: textOrNull(before?.ownerName),
      },
    })),
  );
  return kept;
}

export async function undoLeadStages(tx: TxCtx, rows: ChangeRow[]): Promise<Kept> {
  const { kept, free } = await standing(tx, rows, (lead, after) => lead.stage === after.stage);
  const wanted = free.flatMap(({ held, before }) => {
    const stage = stages.find((known) => known === before?.stage);
    if (stage !== undefined && mayMove(held, stage)) return [{ held, stage }];
    kept.set(held.id, "Its person has another lead since.");
    return [];
  });
  await moveHeldLeads(tx, wanted);
  return kept;
}

async function standing(
  tx: TxCtx,
  rows: ChangeRow[],
  stands: (lead: HeldLead, after: NonNullable<ChangeRow["after"]>) => boolean,
): Promise<{ kept: Kept; free: { held: HeldLead; before: ChangeRow["before"] }[] }> {
  const kept: Kept = new Map();
  const found = await holdLeads(
    tx,
    rows.map(({ id }) => id),
  );
  const free = rows.flatMap(({ id, before, after }) => {
    const held = found.get(id);
    if (held && stands(held, after ?? {})) return [{ held, before }];
    kept.set(id, held ? "Changed since." : "Deleted since.");
    return [];
  });
  return { kept, free };
}
