import type { Json } from "../../../../shared/json.ts";
import type { TxCtx } from "../../context.ts";
import { applyWaitingChanges } from "../../conversations/early-changes.ts";
import type { ProviderName } from "../../conversations/provider-id.ts";
import type { VendorError } from "../channel-sender.ts";
import { followRefusals, type Refused } from "../outbox/follow-refusals.ts";
import type { RefusalPlan } from "../outbox/plan-refusal.ts";
import { writeEnds } from "../outbox/write-ends.ts";
import { type FoundSend, findSends, type StatusName } from "./find-sends.ts";
import { notePricing } from "./note-pricing.ts";
import { planByStatuses } from "./plan-by-statuses.ts";
import { spendProviderIds } from "./spend-provider-ids.ts";

export type SendStatus = StatusName & {
  status: string;
  at: Date;
  /** Of a failed one. */
  error: VendorError | null;
  pricing: Json;
};

/**
 * Lets statuses decide over the outbox: they find their message by our own id before its answer was noted, and settle what nobody knew.
 * A failed one that passes by itself makes the message wait again. Gives the statuses that the message itself is still to show.
 */
export async function settleByStatuses<Status extends SendStatus>(tx: TxCtx, statuses: Status[]): Promise<Status[]> {
  if (statuses.length === 0) return [];
  const found = await findSends(tx, statuses);
  if (found.size === 0) return statuses;
  const left = statuses.filter((_status, place) => !found.has(place));
  const refused: Refused[] = [];
  const bySend = new Map<FoundSend, Status[]>();
  for (const [place, send] of found) {
    const status = statuses[place];
    if (status) bySend.set(send, [...(bySend.get(send) ?? []), status]);
  }
  const planned = [...bySend].map(([send, own]) => ({ send, ...planByStatuses(send, own, tx.now()) }));
  for (const { send, shown, plan } of planned) {
    left.push(...shown);
    const { contactId, messageId, channelAccountId } = send;
    if (plan) refused.push({ claimed: { contactId, messageId, call: { account: { id: channelAccountId } } }, plan });
  }
  await writeEnds(
    tx,
    planned.flatMap(({ send, plan }) => (plan ? [{ sendId: send.id, messageId: send.messageId, end: plan.end }] : [])),
  );
  await spendProviderIds(
    tx,
    planned.flatMap(({ send, spent }) => (spent === null ? [] : [{ sendId: send.id, providerId: spent }])),
  );
  await applyWaitingChanges(tx, planned.flatMap(adopted));
  await notePricing(
    tx,
    [...bySend].flatMap(([send, own]) => own.map(({ pricing }) => ({ sendId: send.id, pricing }))),
  );
  await followRefusals(tx, refused);
  return left;
}

/** The name that a message has from now on. */
function adopted({ send, plan }: { send: FoundSend; plan: RefusalPlan | null }): ProviderName[] {
  if (plan?.end.state !== "accepted") return [];
  return [{ channelAccountId: send.channelAccountId, providerId: plan.end.providerId }];
}
