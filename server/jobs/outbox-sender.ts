import { setTimeout as pause } from "node:timers/promises";
import { DatabaseUnavailable, type Db } from "../db/connection.ts";
import type { ChannelSender, SendOutcome } from "../domain/sends/channel-sender.ts";
import { type ClaimedSend, claimSends } from "../domain/sends/outbox/claim-sends.ts";
import { type DueNumber, dueNumbers } from "../domain/sends/outbox/due-numbers.ts";
import { type FinishedSend, settleSends } from "../domain/sends/outbox/settle-sends.ts";

export type OutboxSenderOptions = {
  senderOf: (provider: string) => ChannelSender | undefined;
  now?: () => Date;
  /** Calls under way at once. */
  mostCalls?: number;
  leaseMs?: number;
  onError: (error: unknown) => void;
};

/** A call ends within 20 s, an upload before it within four times this: whoever holds a row longer is dead. */
const leaseMs = 45_000;
/** A stopping process waits no longer for answers; what is left becomes `unknown` when its lease ends. */
const drainMs = 25_000;

export type OutboxSender = {
  /** Claims what there is room for and calls the vendor: how many calls were begun, and of how many numbers something is due. */
  takeMore: () => Promise<{ begun: number; due: number }>;
  /** Writes down how calls ended since the last time; how many. */
  settle: () => Promise<number>;
  onFinished: (listener: () => void) => void;
  drain: () => Promise<void>;
};

/** Claims and calls side by side, a bounded number at once; the vendor's slowness holds no transaction open. */
export function createOutboxSender(db: Db, options: OutboxSenderOptions): OutboxSender {
  const { senderOf, now = () => new Date(), mostCalls = 64, onError } = options;
  const running = new Set<Promise<void>>();
  const callsOf = new Map<number, number>();
  let finished: FinishedSend[] = [];
  let tell = () => {};
  let lastTurn = 0;

  const call = async (claimed: ClaimedSend): Promise<void> => {
    const outcome = await outcomeOf(senderOf(claimed.call.account.provider), claimed);
    // Only now: `finished` is another list after trouble.
    finished.push({ claimed, outcome });
    tell();
  };
  const begin = (claimed: ClaimedSend): void => {
    const { id } = claimed.call.account;
    callsOf.set(id, (callsOf.get(id) ?? 0) + 1);
    const task = call(claimed).finally(() => {
      running.delete(task);
      const left = (callsOf.get(id) ?? 1) - 1;
      if (left > 0) callsOf.set(id, left);
      else callsOf.delete(id);
    });
    running.add(task);
  };
  const takeFrom = async (number: DueNumber): Promise<number> => {
    const own = senderOf(number.provider)?.mostCallsOfAccount ?? mostCalls;
    // A mail server takes few connections, and may be slow: what is claimed is sent at once, and WhatsApp keeps its room.
    const limit = Math.min(mostCalls - running.size, own - (callsOf.get(number.channelAccountId) ?? 0));
    if (limit <= 0) return 0;
    const claimed = await claimSends(db, number, { now, limit, leaseMs: options.leaseMs ?? leaseMs });
    for (const one of claimed) begin(one);
    return claimed.length;
  };

  return {
    async takeMore() {
      if (running.size >= mostCalls) return { begun: 0, due: 0 };
      const due = await dueNumbers(db, now());
      // Each turn begins with another number, so that a busy one leaves room for the others.
      lastTurn += 1;
      let begun = 0;
      for (const [index] of due.entries()) {
        const number = due[(index + lastTurn) % due.length];
        if (number) begun += await takeFrom(number).catch(logged(onError));
      }
      return { begun, due: due.length };
    },
    async settle() {
      const batch = finished.splice(0, 500);
      try {
        await settleSends(db, batch, now);
      } catch (error) {
        const left = error instanceof DatabaseUnavailable ? batch : await settleApart(db, batch, now);
        finished = [...left, ...finished];
        if (left.length === batch.length) throw error;
        onError(error);
      }
      return batch.length;
    },
    onFinished(listener) {
      tell = listener;
    },
    async drain() {
      await Promise.race([Promise.all(running), pause(drainMs, undefined, { ref: false })]);
    },
  };
}

/** An answer that cannot be written down holds up no other, and its message is not clear. Gives what is still to be written. */
async function settleApart(db: Db, batch: FinishedSend[], now: () => Date): Promise<FinishedSend[]> {
  const left: FinishedSend[] = [];
  for (const one of batch) {
    await settleSends(db, [one], now)
      .catch(async (error: unknown) => {
        if (error instanceof DatabaseUnavailable) throw error;
        const outcome = { kind: "unknown", why: "its answer could not be written down" } as const;
        await settleSends(db, [{ ...one, outcome }], now);
      })
      .catch(() => left.push(one));
  }
  return left;
}

async function outcomeOf(sender: ChannelSender | undefined, { call }: ClaimedSend): Promise<SendOutcome> {
  if (!sender) return { kind: "not_sent", why: `nothing here sends over ${call.account.provider}` };
  try {
    return await sender.send(call);
  } catch (error) {
    // Senders do not throw; should one, nobody knows how far it came.
    return { kind: "unknown", why: error instanceof Error ? error.message : String(error) };
  }
}

function logged(onError: (error: unknown) => void): (error: unknown) => number {
  return (error) => {
    onError(error);
    return 0;
  };
}
