import { holdsToken } from "../../channels/holds-token.ts";
import { markChannelProblem } from "../../channels/mark-channel-problem.ts";
import type { TxCtx } from "../../context.ts";
import { recordVendorOptOut } from "../../policy/record-vendor-opt-out.ts";
import { cancelQueuedSends } from "../cancel-queued-sends.ts";
import { pauseNumber } from "../pause-number.ts";
import type { RefusalPlan } from "./plan-refusal.ts";

export type Refused = {
  claimed: { contactId: number; messageId: number; call: { account: CalledAccount } };
  plan: RefusalPlan;
};

/** Without a token where a status told of the refusal: no call was under way. */
type CalledAccount = { id: number; accessTokenSealed?: string | null };

/** What refusals mean beyond their message: the number rests, the channel is stopped, the person's word is kept. */
export async function followRefusals(tx: TxCtx, refused: Refused[]): Promise<void> {
  for (const [channelAccountId, all] of Map.groupBy(refused, ({ claimed }) => claimed.call.account.id)) {
    const own = await withoutReplacedTokens(tx, all);
    const pauses = own.flatMap(({ plan }) => plan.pause ?? []);
    const longest = pauses.toSorted((a, b) => b.until.getTime() - a.until.getTime())[0];
    if (longest) await pauseNumber(tx, { channelAccountId, ...longest });
    const problem = own.find(({ plan }) => plan.channelProblem !== undefined)?.plan;
    if (problem?.channelProblem)
      await markChannelProblem(tx, {
        channelAccountId,
        problem: problem.channelProblem,
        details: problem.pause?.reason ?? "",
      });
  }
  for (const { claimed, plan } of refused) {
    if (plan.optOut) await keepWord(tx, claimed, plan.optOut);
  }
}

async function withoutReplacedTokens(tx: TxCtx, refused: Refused[]): Promise<Refused[]> {
  const standing: Refused[] = [];
  for (const one of refused) {
    const { id, accessTokenSealed } = one.claimed.call.account;
    const isOfToken = one.plan.channelProblem === "token_expired" && accessTokenSealed !== undefined;
    if (!isOfToken || (await holdsToken(tx, { id, accessTokenSealed }))) standing.push(one);
  }
  return standing;
}

async function keepWord(
  tx: TxCtx,
  { contactId, messageId }: Refused["claimed"],
  purpose: "marketing" | "all",
): Promise<void> {
  await recordVendorOptOut(tx, {
    contactId,
    purpose,
    at: tx.now(),
    evidence: { told_by: "WhatsApp", message_id: messageId },
  });
  await cancelQueuedSends(tx, {
    contactIds: [contactId],
    channel: "whatsapp",
    ...(purpose === "marketing" ? { purposes: ["marketing"] } : {}),
  });
}
