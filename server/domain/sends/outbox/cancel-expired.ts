import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { writeOutgoingStates } from "../../conversations/write-outgoing-state.ts";
import type { NextSend } from "./next-sends.ts";

/** What came too late, such as the reminder of a visit that has begun, is cancelled; gives the others. The caller holds the rows. */
export async function cancelExpired(tx: TxCtx, sends: NextSend[]): Promise<NextSend[]> {
  const now = tx.now();
  const isLate = ({ expiresAt }: NextSend) => expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
  const late = sends.filter(isLate);
  if (late.length === 0) return sends;
  const ids = late.map(({ id }) => id);
  await tx.tx.run(markCancelled({ companyId: tx.companyId, ids, now: now.toISOString() }));
  await writeOutgoingStates(
    tx,
    late.map(({ messageId }) => ({
      messageId,
      status: "cancelled",
      reason: "What this message speaks of has passed or was changed before it could leave.",
      at: now,
    })),
  );
  return sends.filter((send) => !isLate(send));
}

const markCancelled = prepared<{ companyId: number; ids: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set state = 'cancelled', waiting_reason = null, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);
