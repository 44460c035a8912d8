import { sql } from "kysely";
import type { Db } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";
import { createCtx, inTransaction, type TxCtx } from "../../context.ts";
import { adoptProviderIds, lockProviderIds } from "../../conversations/adopt-provider-ids.ts";
import { takeTurnOfChanges } from "../../conversations/early-changes.ts";
import { getSendSettings } from "../../policy/send-settings.ts";
import type { SendOutcome } from "../channel-sender.ts";
import type { ClaimedSend } from "./claim-sends.ts";
import { closeAddresses } from "./close-addresses.ts";
import { followRefusals } from "./follow-refusals.ts";
import { learnAddresses } from "./learn-addresses.ts";
import { planEnd } from "./plan-end.ts";
import type { Refusals } from "./send-end.ts";
import { vendorOf } from "./vendor-of.ts";
import { writeEnds } from "./write-ends.ts";

export type FinishedSend = { claimed: ClaimedSend; outcome: SendOutcome };

/** Writes down how calls ended, a transaction for each company. */
export async function settleSends(db: Db, finished: FinishedSend[], now: () => Date): Promise<void> {
  for (const [companyId, own] of Map.groupBy(finished, ({ claimed }) => claimed.companyId)) {
    const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now });
    await db.transaction((queries) => settleOwn(inTransaction(ctx, queries), own));
  }
}

async function settleOwn(tx: TxCtx, finished: FinishedSend[]): Promise<void> {
  const accepted = finished.flatMap(({ claimed, outcome }) =>
    outcome.kind === "accepted" ? [{ channelAccountId: claimed.call.account.id, providerId: outcome.providerId }] : [],
  );
  // A status or a change of the same message may be worked on just now; whoever comes second must see the other's row. Sent in one
  // turn, and run one after the other.
  const [, , open, { unknownWaitSeconds }] = await Promise.all([
    takeTurnOfChanges(tx, "messages"),
    lockProviderIds(tx, accepted),
    holdOpen(tx, finished),
    getSendSettings(tx),
  ]);
  const planned = open.map(({ claimed, outcome, refusals }) => {
    const vendor = vendorOf(claimed.call.account.provider);
    const facts = {
      refusals,
      calledAt: claimed.calledAt,
      now: tx.now(),
      random: Math.random(),
      unknownWaitSeconds,
      vendor,
    };
    return { claimed, plan: planEnd(outcome, facts) };
  });
  await writeEnds(
    tx,
    planned.map(({ claimed: { sendId, messageId }, plan }) => ({ sendId, messageId, end: plan.end })),
  );
  await adoptProviderIds(tx, accepted);
  await learnAddresses(tx, finished);
  await followRefusals(tx, planned);
  await closeAddresses(tx, open);
}

/** Those whose end is still open: a status may have settled a message before its answer came. */
async function holdOpen(tx: TxCtx, finished: FinishedSend[]): Promise<(FinishedSend & { refusals: Refusals })[]> {
  const rows = await tx.tx.all(
    lockOpen({ companyId: tx.companyId, ids: finished.map(({ claimed }) => claimed.sendId) }),
  );
  const held = new Map(rows.map((row) => [row.id, row]));
  return finished.flatMap((one) => {
    const row = held.get(one.claimed.sendId);
    return row?.attempts === one.claimed.attempt ? [{ ...one, refusals: row.refusals }] : [];
  });
}

const lockOpen = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<{ id: number; attempts: number; refusals: Refusals }>`
    select id, attempts, refusals from outbound_sends
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[]) and state in ('sending', 'unknown')
    order by id for update`,
);
