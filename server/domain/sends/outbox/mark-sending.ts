import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { pricedAt } from "../insert-sends.ts";
import type { Decided } from "./claim-sends.ts";

/** From here on only the vendor's answer, or a status, says what became of these messages. */
export async function markSending(tx: TxCtx, leaving: Decided[], leaseMs: number): Promise<void> {
  const now = tx.now();
  const rows = leaving.map(({ send, decision }) => ({ id: send.id, decision, ...pricedAt(decision) }));
  await tx.tx.run(
    writeSending({
      companyId: tx.companyId,
      now: now.toISOString(),
      leaseUntil: new Date(now.getTime() + leaseMs).toISOString(),
      uploadLeaseUntil: new Date(now.getTime() + 4 * leaseMs).toISOString(),
      rows: JSON.stringify(rows),
    }),
  );
}

// A file of ours may have to be uploaded first, or goes out within a mail, which takes longer than any other call.
const writeSending = prepared<{
  companyId: number;
  now: string;
  leaseUntil: string;
  uploadLeaseUntil: string;
  rows: string;
}>()(
  (_db, arg) => sql<never>`
    update outbound_sends s set state = 'sending', attempts = s.attempts + 1, called_at = ${arg("now")}::timestamptz,
      lease_expires_at = case when s.request ->> 'type' = 'email' or s.request::text like '%"mediaId"%' then ${arg("uploadLeaseUntil")} else ${arg("leaseUntil")} end::timestamptz, waiting_reason = null, in_order = true, decision = r.decision, price = r.price,
      price_currency = r.price_currency, outside_window = r.outside_window, updated_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (id bigint, decision jsonb, price numeric, price_currency text, outside_window boolean)
    where s.company_id = ${arg("companyId")}::bigint and s.id = r.id`,
);
