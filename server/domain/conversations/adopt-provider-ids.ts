import type { TxCtx } from "../context.ts";
import { applyWaitingStatuses } from "./apply-early-statuses.ts";
import { applyWaitingChanges } from "./early-changes.ts";
import { lockNames } from "./lock-names.ts";
import type { ProviderName } from "./provider-id.ts";

/** Lets nobody else work on these messages' statuses until the end of the transaction. Comes before all other locks. */
export async function lockProviderIds(tx: TxCtx, names: ProviderName[]): Promise<void> {
  await lockNames(
    tx,
    names.map(({ channelAccountId, providerId }) => `message ${channelAccountId} ${providerId}`),
  );
}

/** The vendor's ids of messages are known now: what came before and named nothing else is applied. */
export async function adoptProviderIds(tx: TxCtx, names: ProviderName[]): Promise<void> {
  await applyWaitingStatuses(tx, names);
  await applyWaitingChanges(tx, names);
}
