import type { Db } from "../../../db/connection.ts";
import { createCtx, inTransaction, type TxCtx } from "../../context.ts";
import { decideSends } from "../../policy/decide-sends.ts";
import type { SendDecision, WantedSend } from "../../policy/send-decision.ts";
import type { SendCall } from "../channel-sender.ts";
import { wantedContent } from "../wanted-content.ts";
import { cancelExpired } from "./cancel-expired.ts";
import type { DueNumber } from "./due-numbers.ts";
import { holdBack } from "./hold-back.ts";
import { markSending } from "./mark-sending.ts";
import { type NextSend, nextSends } from "./next-sends.ts";
import { holdNumber, takeTokens } from "./number-bucket.ts";
import { takePairTurns } from "./pair-bucket.ts";
import { waitForUnread } from "./wait-for-unread.ts";

/** One call that is to be made now; its row says `sending` already, and that is committed. */
export type ClaimedSend = {
  companyId: number;
  sendId: number;
  messageId: number;
  contactId: number;
  attempt: number;
  calledAt: Date;
  call: SendCall;
};

export type Claiming = { now: () => Date; limit: number; leaseMs: number };

/**
 * Takes what one number may send now: within its rate, in the order of its conversations, and only what the policy still allows. It is
 * committed before anybody calls the vendor, so that a crash at any point leaves a row that says what happened.
 */
export async function claimSends(
  db: Db,
  { companyId, channelAccountId }: Pick<DueNumber, "companyId" | "channelAccountId">,
  { now, limit, leaseMs }: Claiming,
): Promise<ClaimedSend[]> {
  const at = now();
  return db.transaction(async (queries) => {
    const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now: () => at });
    const tx = inTransaction(ctx, queries);
    const bucket = await holdNumber(tx, channelAccountId);
    const room = Math.min(bucket.tokens, limit);
    if (bucket.isPaused || room <= 0) return [];
    const next = await waitForUnread(tx, await cancelExpired(tx, await nextSends(tx, channelAccountId, room)));
    if (next.length === 0) return [];
    const decisions = await decideSends(tx, next.map(wantedSend));
    const decided = next.flatMap((send, index) => {
      const decision = decisions[index];
      return decision ? [{ send, decision }] : [];
    });
    const leaving = decided.filter(({ decision }) => decision.outcome === "allowed");
    await holdBack(
      tx,
      channelAccountId,
      decided.filter(({ decision }) => decision.outcome !== "allowed"),
    );
    if (leaving.length > 0)
      await Promise.all([sendOff(tx, leaving, leaseMs), takeTokens(tx, channelAccountId, bucket, leaving.length)]);
    return leaving.map(({ send }) => claimed(tx, send));
  });
}

async function sendOff(tx: TxCtx, leaving: Decided[], leaseMs: number): Promise<void> {
  const sends = leaving.map(({ send }) => send);
  await Promise.all([markSending(tx, leaving, leaseMs), takePairTurns(tx, sends)]);
}

export type Decided = { send: NextSend; decision: SendDecision };

function wantedSend({ id, contactId, channelAccountId, purpose, origin, request, templateId }: NextSend): WantedSend {
  const content = wantedContent(request, templateId);
  return { sendId: id, contactId, channelAccountId, purpose, origin, content };
}

function claimed(tx: TxCtx, send: NextSend): ClaimedSend {
  const { id, messageId, contactId, attempts, phone, userId, replyToProviderId } = send;
  return {
    companyId: tx.companyId,
    sendId: id,
    messageId,
    contactId,
    attempt: attempts + 1,
    calledAt: tx.now(),
    call: {
      account: {
        id: send.channelAccountId,
        companyId: tx.companyId,
        provider: send.provider,
        externalId: send.externalId,
        accessTokenSealed: send.accessTokenSealed,
      },
      to: { ...(phone === null ? {} : { phone }), ...(userId === null ? {} : { userId }) },
      content: send.request,
      ...(replyToProviderId === null ? {} : { replyTo: replyToProviderId }),
      callbackId: send.callbackId,
    },
  };
}
