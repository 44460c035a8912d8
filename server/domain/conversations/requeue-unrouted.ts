import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Bodies that came for these numbers or accounts before anyone had connected them are processed now. Returns how many. */
export async function requeueUnrouted(tx: TxCtx, externalIds: string[]): Promise<number> {
  return tx.tx.run(requeue({ quoted: externalIds.map((id) => `"${id}"`), now: tx.now().toISOString() }));
}

// The bodies are bytes as Meta sent them; an id stands in quotes there.
const requeue = prepared<{ quoted: string[]; now: string }>()(
  (_db, arg) => sql<never>`
    update inbound_deliveries set state = 'received', attempts = 0, next_attempt_at = ${arg("now")}::timestamptz, error = null,
      processed_at = null
    where state = 'unrouted' and exists (
      select from unnest(${arg("quoted")}::text[]) as wanted where position(convert_to(wanted, 'UTF8') in body) > 0)`,
);
