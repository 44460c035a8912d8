import type { TxCtx } from "../../context.ts";
import type { SendDecision, SendObstacle } from "../../policy/send-decision.ts";
import { pauseNumber } from "../pause-number.ts";
import { waitOf } from "../wait-of.ts";
import type { Decided } from "./claim-sends.ts";
import type { SendEnd } from "./send-end.ts";
import { writeEnds } from "./write-ends.ts";

/** What the policy does not let go just now: it waits, and only what can never leave any more has failed, with the policy's words. */
export async function holdBack(tx: TxCtx, channelAccountId: number, held: Decided[]): Promise<void> {
  if (held.length === 0) return;
  const ends = held.map(({ send, decision }) => ({
    sendId: send.id,
    messageId: send.messageId,
    end: endOf(decision, { now: tx.now(), expiresAt: send.expiresAt }),
  }));
  await writeEnds(tx, ends);
  const gone = held.find(
    ({ decision }) => decision.outcome === "refused" && decision.obstacle === "channel_disconnected",
  );
  if (!gone) return;
  const until = new Date(tx.now().getTime() + lookAgainMs);
  await pauseNumber(tx, { channelAccountId, until, reason: gone.decision.reason });
}

const lookAgainMs = 60_000;

// Trouble of the account is nobody's failure: the queue is kept until it is mended.
const mendable: SendObstacle[] = ["channel_disconnected", "account_restricted", "payment_missing"];

function endOf(decision: SendDecision, { now, expiresAt }: { now: Date; expiresAt: string | null }): SendEnd {
  if (decision.outcome !== "refused") {
    const { at, reason, inOrder } = waitOf(decision, now);
    // Without a pause of its own a row that is looked at again at once would be looked at for ever.
    const soonest = Math.max(at.getTime(), now.getTime() + 250);
    // What would leave too late is looked at when its time is over, and cancelled then.
    const lookAt = new Date(expiresAt === null ? soonest : Math.min(soonest, Date.parse(expiresAt)));
    // A mail that waits for its account is let go by whoever connects it, like what the account's trouble holds.
    const isHeld = decision.outcome === "later" && decision.obstacle === "channel_disconnected";
    const errorClass = isHeld ? "account_setup" : null;
    return { state: "queued", at: lookAt, reason, inOrder, errorClass, error: null };
  }
  const { obstacle, reason } = decision;
  if (mendable.includes(obstacle)) {
    const at = new Date(now.getTime() + lookAgainMs);
    return { state: "queued", at, reason, inOrder: false, errorClass: "account_setup", error: null };
  }
  const errorClass = obstacle === "window_closed" ? "needs_template" : "never";
  return { state: "failed", reason, errorClass, error: { title: reason, details: obstacle } };
}
