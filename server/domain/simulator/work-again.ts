import { channelProblems } from "../channels/channel-problem.ts";
import { clearChannelProblem } from "../channels/mark-channel-problem.ts";
import type { Ctx } from "../context.ts";
import { resumeNumber } from "../sends/pause-number.ts";
import { simulatedAccountOf } from "./simulated-account.ts";
import { endFailures } from "./simulator-failures.ts";

/** WhatsApp fails no more, and what it has done to the simulated number is undone: what waits leaves at once. */
export async function workAgain(ctx: Ctx): Promise<void> {
  await ctx.transact(async (tx) => {
    await endFailures(tx);
    await liftTrouble(tx);
  });
}

/** The simulated number sends again; failures that are still asked for may stop it anew. */
export async function liftTrouble(ctx: Ctx): Promise<void> {
  await ctx.transact(async (tx) => {
    const account = await simulatedAccountOf(tx.db, tx.companyId);
    if (!account) return;
    const { channelAccountId } = account;
    for (const problem of channelProblems) await clearChannelProblem(tx, { channelAccountId, problem });
    await resumeNumber(tx, channelAccountId);
    // A pause alone leaves no event behind, and the outbox listens to events.
    tx.tx.announce("events");
  });
}
