import type { Stage } from "../../../shared/stages.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { assignLeads, mayMove, moveHeldLeads, ownerOf } from "../leads/act-on-leads.ts";
import { type HeldLead, holdLeads } from "../leads/hold-leads.ts";
import type { LeadFilter } from "../leads/lead-filter.ts";
import { listLeads } from "../leads/list-leads.ts";
import { type Owner, resolveOwner } from "../leads/resolve-owner.ts";
import type { ChangeRow, ChangeSet } from "./change-set.ts";
import { writeChangeSet } from "./change-set-rows.ts";
import { summaryOf } from "./summary-of.ts";

export const mostLeadsAtOnce = 10_000;

/** Which: named leads, or the newest ten thousand of a filter. */
export type LeadSelection = { ids: number[] } | { filter: LeadFilter };

export type LeadAction =
  | { type: "assign"; ownerUserId?: number | null; owner?: string | null }
  | { type: "set_stage"; stage: Stage; reason?: string };

/** One act on many leads, as the single ones do it, in one transaction that can be undone. */
export async function changeLeads(
  ctx: Ctx,
  selection: LeadSelection,
  action: LeadAction,
): Promise<{ changeSet: ChangeSet; hasMore: boolean }> {
  return ctx.transact(async (tx) => {
    const { ids, hasMore } = await chosen(tx, selection);
    const held = await holdLeads(tx, ids);
    const changed = await perform(tx, held, action);
    const changes = ids.map((id) => changed.get(id) ?? unchanged(id, held.get(id), action));
    const count = changes.filter(({ result }) => result === "changed").length;
    const summary = summaryOf(action.type === "assign" ? "Owner set" : "Stage set", count, "lead");
    return { changeSet: await writeChangeSet(tx, { kind: `leads.${action.type}`, summary, changes }), hasMore };
  });
}

async function chosen(tx: TxCtx, selection: LeadSelection): Promise<{ ids: number[]; hasMore: boolean }> {
  if ("filter" in selection) {
    const { items, next } = await listLeads(tx, { ...selection.filter, limit: mostLeadsAtOnce });
    return { ids: items.map(({ id }) => id), hasMore: next !== null };
  }
  const ids = [...new Set(selection.ids)];
  if (ids.length === 0 || ids.length > mostLeadsAtOnce)
    throw invalid("ids", `ids must name 1 to ${mostLeadsAtOnce} records`);
  return { ids, hasMore: false };
}

type Changed = Map<number, ChangeRow>;

async function perform(tx: TxCtx, held: Map<number, HeldLead>, action: LeadAction): Promise<Changed> {
  switch (action.type) {
    case "assign": {
      const owner = await resolveOwner(tx, action);
      if (!owner) throw invalid("ownerUserId", "ownerUserId is needed for this action");
      return assign(tx, [...held.values()], owner);
    }
    case "set_stage": {
      const wanted = [...held.values()]
        .filter((lead) => lead.stage !== action.stage && mayMove(lead, action.stage))
        .map((lead) => ({ held: lead, stage: action.stage }));
      await moveHeldLeads(tx, wanted, action.reason);
      return rowsOf(
        wanted.map(({ held: { id, stage } }) => ({ id, before: { stage }, after: { stage: action.stage } })),
      );
    }
  }
}

async function assign(tx: TxCtx, leads: HeldLead[], owner: Owner): Promise<Changed> {
  const wanted = leads
    .filter((lead) => lead.ownerUserId !== owner.ownerUserId || lead.ownerName !== owner.ownerName)
    .map((held) => ({ held, owner }));
  await assignLeads(tx, wanted);
  return rowsOf(wanted.map(({ held }) => ({ id: held.id, before: ownerOf(held), after: owner })));
}

function rowsOf(changes: Pick<ChangeRow, "id" | "before" | "after">[]): Changed {
  return new Map(changes.map((change) => [change.id, { ...change, result: "changed", reason: null }]));
}

function unchanged(id: number, lead: HeldLead | undefined, action: LeadAction): ChangeRow {
  const nothing = { id, before: null, after: null };
  if (!lead) return { ...nothing, result: "skipped", reason: "There is no such lead." };
  if (action.type === "set_stage" && lead.stage !== action.stage)
    return { ...nothing, result: "skipped", reason: "It has ended, and its person has another lead since." };
  return { ...nothing, result: "unchanged", reason: null };
}
