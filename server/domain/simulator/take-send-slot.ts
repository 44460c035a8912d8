import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Meta's own figures: one message in 6 seconds to one person, bursts of 45 against the time that follows. */
const pairIntervalMs = 6_000;
const pairBurst = 45;

/** Whether WhatsApp's throughput lets a message through now, to this phone and from this number. A refusal takes nothing. */
export async function takeSendSlot(
  tx: TxCtx,
  slot: { phoneId: number; messagesPerSecond: number; now: Date },
): Promise<"free" | "pair_rate" | "number_rate"> {
  const { phoneId, messagesPerSecond } = slot;
  const now = slot.now.toISOString();
  const intervalMs = 1_000 / messagesPerSecond;
  const pair = await tx.tx.run(
    takePair({
      companyId: tx.companyId,
      phoneId,
      now,
      intervalMs: pairIntervalMs,
      aheadMs: pairIntervalMs * (pairBurst - 1),
    }),
  );
  if (pair === 0) return "pair_rate";
  const number = await tx.tx.run(takeNumber({ companyId: tx.companyId, now, intervalMs, aheadMs: 1_000 - intervalMs }));
  return number === 0 ? "number_rate" : "free";
}

type Rate = { companyId: number; now: string; intervalMs: number; aheadMs: number };

// A generic cell rate algorithm keeps one time instead of a count; `-infinity` is a phone nobody wrote to.
const takePair = prepared<Rate & { phoneId: number }>()(
  (_db, arg) => sql<never>`
    update simulator_phones set
      pair_free_at = greatest(pair_free_at, ${arg("now")}::timestamptz) + ${arg("intervalMs")}::float8 * interval '1 millisecond'
    where company_id = ${arg("companyId")} and id = ${arg("phoneId")}
      and pair_free_at <= ${arg("now")}::timestamptz + ${arg("aheadMs")}::float8 * interval '1 millisecond'`,
);

const takeNumber = prepared<Rate>()(
  (_db, arg) => sql<never>`
    update simulator_settings set
      next_free_at = greatest(next_free_at, ${arg("now")}::timestamptz) + ${arg("intervalMs")}::float8 * interval '1 millisecond'
    where company_id = ${arg("companyId")}
      and next_free_at <= ${arg("now")}::timestamptz + ${arg("aheadMs")}::float8 * interval '1 millisecond'`,
);
