import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { applyChangeRows, type ChangeRow } from "./apply-change-rows.ts";
import { waitingNames } from "./chat-names.ts";
import { takeTurn } from "./lock-names.ts";
import { asStored, columnsOf, type ProviderName } from "./provider-id.ts";
import type { ReceivedMessage } from "./receive-messages.ts";

/**
 * A change and its message may be worked on by two workers at once; whoever comes second must see the other's row. Changes are rare, so
 * they wait for the batches of their company that are on their way, and messages, statuses and answers only for changes. Comes before
 * all other locks.
 */
export async function takeTurnOfChanges(tx: TxCtx, what: "changes" | "messages"): Promise<void> {
  await takeTurn(tx, "message changes", what === "changes" ? "alone" : "together");
}

/** Of these changes, those whose message is not stored yet wait for it: its deletion, or else its latest text. */
export async function keepEarlyChanges(tx: TxCtx, rows: ChangeRow[]): Promise<void> {
  if (rows.length > 0) await tx.tx.run(keepEarly({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
}

/** Changes that came before their message are made now. */
export async function applyEarlyChanges(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  await applyWaitingChanges(tx, await waitingNames(tx, received));
}

/** Changes that waited for these names are made in their messages. */
export async function applyWaitingChanges(tx: TxCtx, names: ProviderName[]): Promise<void> {
  if (names.length === 0) return;
  const rows = await tx.tx.all(takeWaiting({ companyId: tx.companyId, ...columnsOf(names) }));
  await applyChangeRows(tx, asStored(rows, names));
}

const keepEarly = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into early_message_changes as e (company_id, channel_account_id, provider_id, revoked, at, text, media)
    select distinct on (r.channel_account_id, r.provider_id) ${arg("companyId")}::bigint, r.channel_account_id, r.provider_id, r.revoked,
      r.at, r.text, r.media
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (channel_account_id bigint, provider_id text, at timestamptz, revoked boolean, text text, media jsonb)
    where not exists (select from messages m where m.company_id = ${arg("companyId")}::bigint
      and m.channel_account_id = r.channel_account_id and m.provider_id = r.provider_id)
    order by r.channel_account_id, r.provider_id, r.revoked desc, r.at desc
    on conflict (company_id, channel_account_id, provider_id) do update set revoked = excluded.revoked, at = excluded.at,
      text = excluded.text, media = excluded.media
    where not e.revoked and (excluded.revoked or excluded.at > e.at)`,
);

const takeWaiting = prepared<{ companyId: number; accountIds: number[]; providerIds: string[] }>()(
  (_db, arg) => sql<ChangeRow>`
    delete from early_message_changes e
    using unnest(${arg("accountIds")}::bigint[], ${arg("providerIds")}::text[]) as m (channel_account_id, provider_id)
    where e.company_id = ${arg("companyId")}::bigint and e.channel_account_id = m.channel_account_id and e.provider_id = m.provider_id
    returning e.channel_account_id, e.provider_id, e.at, e.revoked, e.text, e.media`,
);
