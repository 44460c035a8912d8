import type { Ctx } from "../context.ts";
import type { ProposedTime } from "./pick-times.ts";
import { type PlannedProposal, type ProposalRules, planProposals, type WantedProposal } from "./plan-proposals.ts";
import { type Pattern, timesFor } from "./propose-times.ts";

/** A proposal whose times are still to be found, as the visit was. */
export type ProposalWish = Omit<WantedProposal, "times" | "visit"> & { visit: WantedProposal["visit"] & Pattern };

/** There is no plan where no time is free, or nothing is connected to send by. */
export type TimelyProposal = { times: ProposedTime[]; plan: PlannedProposal | undefined };

/**
 * Proposals with free times that begin after their message leaves: what quiet hours or a cap hold back is planned once more, with times
 * behind its hour.
 */
export async function timelyProposals(
  ctx: Ctx,
  wishes: ProposalWish[],
  rules: ProposalRules,
): Promise<Map<ProposalWish, TimelyProposal>> {
  const now = ctx.now();
  const atOnce = await plannedAt(
    ctx,
    wishes.map((wish) => ({ wish, leavesAt: now })),
    rules,
  );
  const late = [...atOnce].flatMap(([wish, { plan }]) =>
    plan?.decision.outcome === "later" ? [{ wish, leavesAt: plan.decision.at }] : [],
  );
  return new Map([...atOnce, ...(await plannedAt(ctx, late, rules))]);
}

async function plannedAt(
  ctx: Ctx,
  leaving: { wish: ProposalWish; leavesAt: Date }[],
  rules: ProposalRules,
): Promise<Map<ProposalWish, TimelyProposal>> {
  if (leaving.length === 0) return new Map();
  const found = await timesFor(
    ctx,
    leaving.map(({ wish: { visit }, leavesAt }) => ({ ...visit, leavesAt })),
  );
  const wanted = leaving.map(({ wish }, index) => ({ ...wish, times: found[index] ?? [] }));
  const plans = await planProposals(
    ctx,
    wanted.filter(({ times }) => times.length > 0),
    rules,
  );
  return new Map(
    leaving.flatMap(({ wish }, index): [ProposalWish, TimelyProposal][] => {
      const each = wanted[index];
      return each ? [[wish, { times: each.times, plan: plans.get(each) }]] : [];
    }),
  );
}
