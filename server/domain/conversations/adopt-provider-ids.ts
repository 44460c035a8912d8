import type { TxCtx } from "../context.ts";
import { applyWaitingStatuses } from "./apply-early-statuses.ts";
import { lockNames } from "./lock-names.ts";

export type ProviderName = { channelAccountId: number; providerId: string };

/** Lets nobody else work on these messages' statuses until the end of the transaction. Comes before all other locks. */
export async function lockProviderIds(tx: TxCtx, names: ProviderName[]): Promise<void> {
  await lockNames(
    tx,
    names.map(({ channelAccountId, providerId }) => `message ${channelAccountId} ${providerId}`),
  );
}

/** The vendor's ids of messages are known now: statuses that came before and named nothing else are applied. */
export async function adoptProviderIds(tx: TxCtx, names: ProviderName[]): Promise<void> {
  await applyWaitingStatuses(tx, names);
}
