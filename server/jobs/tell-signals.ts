import type { Db } from "../db/connection.ts";
import type { ChannelSender } from "../domain/sends/channel-sender.ts";
import { claimSignals, endSignal, type VendorSignal } from "../domain/sends/outbox/claim-signals.ts";

const batch = 20;
const mostAttempts = 3;

/** Tells the vendor what was read and who types, a batch at a time; how many. Nothing depends on it, so it is tried thrice at most. */
export async function tellSignals(
  db: Db,
  senderOf: (provider: string) => ChannelSender | undefined,
  now: Date,
): Promise<number> {
  const signals = await claimSignals(db, now, batch);
  await Promise.all(signals.map((signal) => tell(db, senderOf(signal.provider), signal)));
  return signals.length;
}

async function tell(db: Db, sender: ChannelSender | undefined, signal: VendorSignal): Promise<void> {
  const { channelAccountId: id, companyId, provider, externalId, accessTokenSealed, providerId, typing } = signal;
  const account = { id, companyId, provider, externalId, accessTokenSealed };
  const outcome = await sender?.markRead(account, providerId, { typing }).catch(() => undefined);
  if (outcome?.kind === "done" || signal.attempts >= mostAttempts) await endSignal(db, signal);
}
