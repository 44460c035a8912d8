import type { TxCtx } from "../context.ts";
import { resumeNumber } from "../sends/pause-number.ts";
import type { ChannelProblem, OpenProblem } from "./channel-problem.ts";
import { getChannelAccount } from "./list-channel-accounts.ts";
import { clearChannelProblem } from "./mark-channel-problem.ts";

export type VendorWord = {
  isConnected: boolean;
  /** AVAILABLE, LIMITED or BLOCKED; undefined where the vendor does not say. */
  canSend: string | undefined;
  hasPayment: boolean;
};

/** Ends what the vendor itself says is over, and lets go at once what waited for it. */
export async function noteLifted(tx: TxCtx, channelAccountId: number, word: VendorWord): Promise<void> {
  const { problems } = await getChannelAccount(tx, channelAccountId);
  const lifted = problems.filter((open) => isLifted(open, word));
  if (lifted.length === 0) return;
  for (const { problem } of lifted) await clearChannelProblem(tx, { channelAccountId, problem });
  await resumeNumber(tx, channelAccountId);
}

function isLifted({ problem, until }: OpenProblem, { isConnected, canSend, hasPayment }: VendorWord): boolean {
  const lifts: Partial<Record<ChannelProblem, boolean>> = {
    payment_missing: hasPayment,
    blocked: isConnected && canSend !== "BLOCKED",
    // A restricted number stays connected: only a plain word ends a restriction whose end is known.
    restricted: isConnected && (canSend === "AVAILABLE" || (canSend === undefined && until === null)),
  };
  return lifts[problem] ?? false;
}
