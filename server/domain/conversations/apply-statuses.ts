import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { provePayment } from "../channels/prove-payment.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { countDelivered } from "../sends/by-status/count-delivered.ts";
import { settleByStatuses } from "../sends/by-status/settle-by-statuses.ts";
import { errorJson } from "../sends/outbox/plan-refusal.ts";
import { hasLeft } from "./has-left.ts";
import type { InboundUpdate } from "./inbound-update.ts";
import { noteLeft } from "./note-left.ts";
import type { Routed } from "./receive-messages.ts";

export type StatusUpdate = Extract<InboundUpdate, { kind: "status" }>;

export type StatusRow = { channel_account_id: number; provider_id: string; status: string; at: string; error: Json };

/** Applies statuses in whatever order and however often they come; one whose message is not stored yet waits for it. */
export async function applyStatuses(tx: TxCtx, items: Routed<StatusUpdate>[]): Promise<void> {
  const shown = await settleByStatuses(tx, items.map(sendStatusOf));
  const rows = shown.map(({ item: { update, channelAccountId }, error }) => ({
    channel_account_id: channelAccountId,
    provider_id: update.providerId,
    status: update.status,
    at: update.at.toISOString(),
    error: error && errorJson(error),
  }));
  const applied = await applyStatusRows(tx, rows);
  const early = rows.filter((row) => !applied.has(`${row.channel_account_id} ${row.provider_id}`));
  if (early.length > 0) await tx.tx.run(keepEarly({ companyId: tx.companyId, rows: JSON.stringify(early) }));
}

function sendStatusOf(item: Routed<StatusUpdate>) {
  const { update, channelAccountId } = item;
  const { providerId, status, at, pricing = null, callbackData = null, errorClass = "never", paymentMissing } = update;
  const [told] = update.errors ?? [];
  const error =
    status === "failed"
      ? {
          class: errorClass,
          code: told?.code ?? null,
          title: told?.title ?? "Not delivered",
          details: told?.details ?? "",
          ...(paymentMissing ? { paymentMissing } : {}),
        }
      : null;
  return { item, channelAccountId, providerId, status, at, pricing, callbackData, error };
}

/** Applies the rows to the messages that exist; gives the names ("account provider-id") of those. */
export async function applyStatusRows(tx: TxCtx, rows: StatusRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const changed = await tx.tx.all(updateStatuses({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  await recordEvents(
    tx,
    changed
      .filter((row) => row.status !== row.previous_status)
      .map((row) => ({
        type: "message.status_changed",
        subject: { kind: "message", id: row.id },
        contactId: row.contact_id,
        before: { status: row.previous_status },
        after: { status: row.status },
        ...(row.error === null ? {} : { data: { error: row.error } }),
      })),
  );
  const delivered = changed.filter(({ newly_delivered }) => newly_delivered).map(({ id }) => id);
  await countDelivered(tx, delivered);
  await provePayment(tx, delivered);
  noteLeft(
    tx,
    changed.filter(({ newly_left }) => newly_left).map(({ id }) => id),
  );
  return new Set(changed.map((row) => `${row.channel_account_id} ${row.provider_id}`));
}

type ChangedRow = {
  id: number;
  contact_id: number;
  channel_account_id: number;
  provider_id: string;
  status: string;
  previous_status: string | null;
  error: Json;
  newly_delivered: boolean;
  newly_left: boolean;
};

// The strongest status wins and each keeps its earliest time, so any order and any repetition end in the same row. What arrived did not fail.
// Statuses that waited since before 22 November 2026 hold the vendor's list of errors in place of our object.
const updateStatuses = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<ChangedRow>`
    with ranks as (
      select * from unnest(array['queued','unknown','cancelled','accepted','sent','failed','delivered','read','played']) with ordinality as r (status, rank)
    ), news as (
      select n.channel_account_id, n.provider_id, max(k.rank) as rank,
        min(n.at) filter (where n.status = 'accepted') as accepted_at, min(n.at) filter (where n.status = 'sent') as status_sent_at,
        min(n.at) filter (where n.status = 'delivered') as delivered_at, min(n.at) filter (where n.status = 'read') as read_at,
        min(n.at) filter (where n.status = 'played') as played_at, min(n.at) filter (where n.status = 'failed') as failed_at,
        (array_agg(n.error) filter (where jsonb_typeof(n.error) = 'object'))[1] as error
      from jsonb_to_recordset(${arg("rows")}::jsonb)
        as n (channel_account_id bigint, provider_id text, status text, at timestamptz, error jsonb)
      join ranks k on k.status = n.status
      group by n.channel_account_id, n.provider_id
    ), locked as (
      select m.id, m.status as previous_status, coalesce(m.delivered_at, m.read_at, m.played_at) is null as undelivered,
        ${hasLeft} as had_left, n.* from news n
      join messages m on m.company_id = ${arg("companyId")} and m.channel_account_id = n.channel_account_id and m.provider_id = n.provider_id
      where m.direction = 'out' for update of m
    )
    update messages m set
      status = case when l.rank > coalesce((select rank from ranks where status = m.status), 0)
        then (select status from ranks where rank = l.rank) else m.status end,
      accepted_at = least(m.accepted_at, l.accepted_at), status_sent_at = least(m.status_sent_at, l.status_sent_at),
      delivered_at = least(m.delivered_at, l.delivered_at), read_at = least(m.read_at, l.read_at),
      played_at = least(m.played_at, l.played_at),
      failed_at = case when coalesce(m.delivered_at, m.read_at, m.played_at, l.delivered_at, l.read_at, l.played_at) is null
        then least(m.failed_at, l.failed_at) end,
      error = case when coalesce(m.delivered_at, m.read_at, m.played_at, l.delivered_at, l.read_at, l.played_at) is null
        then coalesce(m.error, l.error) end,
      status_reason = case when l.rank > coalesce((select rank from ranks where status = m.status), 0)
        and (select status from ranks where rank = l.rank) <> 'failed' then null else m.status_reason end
    from locked l where m.company_id = ${arg("companyId")} and m.id = l.id
    returning m.id, m.contact_id, m.channel_account_id, m.provider_id, m.status, l.previous_status, m.error,
      l.undelivered and coalesce(m.delivered_at, m.read_at, m.played_at) is not null as newly_delivered,
      ${hasLeft} and not l.had_left as newly_left`,
);

const keepEarly = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into early_statuses (company_id, channel_account_id, provider_id, status, at, errors)
    select ${arg("companyId")}::bigint, r.channel_account_id, r.provider_id, r.status, min(r.at), (array_agg(r.error))[1]
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (channel_account_id bigint, provider_id text, status text, at timestamptz, error jsonb)
    group by r.channel_account_id, r.provider_id, r.status
    on conflict (company_id, channel_account_id, provider_id, status) do nothing`,
);
