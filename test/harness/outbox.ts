import type { Db } from "../../server/db/connection.ts";
import type { ChannelSender, SendCall, SendOutcome } from "../../server/domain/sends/channel-sender.ts";
import { steadyNow } from "../../server/domain/steady-now.ts";
import { createOutboxSender } from "../../server/jobs/outbox-sender.ts";

export type FakeVendor = ChannelSender & { calls: SendCall[] };

/** A vendor in memory: takes everything, or answers as it is told. */
export function fakeVendor(
  answer?: (call: SendCall, serial: number) => SendOutcome | Promise<SendOutcome>,
): FakeVendor {
  const calls: SendCall[] = [];
  return {
    calls,
    async send(call) {
      calls.push(call);
      const serial = calls.length;
      return answer ? answer(call, serial) : { kind: "accepted", providerId: `wamid.OUT${call.callbackId}${serial}` };
    },
    async markRead() {
      return { kind: "done" };
    },
  };
}

/** Sends what is due at this time until nothing more is begun, and notes every answer. */
export async function sendDue(db: Db, vendor: ChannelSender, now: () => Date = steadyNow): Promise<void> {
  const sender = createOutboxSender(db, {
    senderOf: () => vendor,
    now,
    onError: (error) => {
      throw error;
    },
  });
  for (;;) {
    const { begun } = await sender.takeMore();
    await sender.drain();
    await sender.settle();
    if (begun === 0) return;
  }
}
