import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { applyStatusRows } from "./apply-statuses.ts";
import { waitingNames } from "./chat-names.ts";
import { asStored, columnsOf, type ProviderName } from "./provider-id.ts";
import type { ReceivedMessage } from "./receive-messages.ts";

/** Statuses that came before their message are applied now. */
export async function applyEarlyStatuses(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  const outgoing = received.filter(({ update }) => update.direction === "out");
  await applyWaitingStatuses(tx, await waitingNames(tx, outgoing));
}

/** Statuses that waited for these names are applied to their messages. */
export async function applyWaitingStatuses(tx: TxCtx, names: ProviderName[]): Promise<void> {
  if (names.length === 0) return;
  const rows = await tx.tx.all(takeWaiting({ companyId: tx.companyId, ...columnsOf(names) }));
  await applyStatusRows(tx, asStored(rows, names));
}

const takeWaiting = prepared<{ companyId: number; accountIds: number[]; providerIds: string[] }>()(
  (_db, arg) => sql<{ channel_account_id: number; provider_id: string; status: string; at: string; error: Json }>`
    delete from early_statuses e
    using unnest(${arg("accountIds")}::bigint[], ${arg("providerIds")}::text[]) as m (channel_account_id, provider_id)
    where e.company_id = ${arg("companyId")} and e.channel_account_id = m.channel_account_id and e.provider_id = m.provider_id
    returning e.channel_account_id, e.provider_id, e.status, e.at, e.errors as error`,
);
