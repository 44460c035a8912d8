import { sql } from "kysely";
import type { Json, JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { hasLeft } from "./has-left.ts";
import { noteLeft } from "./note-left.ts";

/** What the outbox says of a message: it waits, nobody knows, the vendor took it, it failed, somebody took it back. */
export type OutgoingState = {
  messageId: number;
  status: "queued" | "unknown" | "accepted" | "failed" | "cancelled";
  /** In words; null where there is nothing to say. */
  reason: string | null;
  providerId?: string;
  error?: Json;
  at: Date;
};

/**
 * Writes what the outbox knows and tells the journal where the status changed. A status of the vendor's that came earlier is stronger:
 * what is sent or delivered does not become "accepted" again. The caller holds the outbox row, so what it says is the latest.
 */
export async function writeOutgoingStates(tx: TxCtx, states: OutgoingState[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(({ messageId, status, reason, providerId, error, at }) => ({
    message_id: messageId,
    status,
    reason,
    provider_id: providerId ?? null,
    error: error ?? null,
    at: at.toISOString(),
  }));
  const changed = await tx.tx.all(updateStates({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  await recordEvents(tx, changed.filter(({ status, previous }) => status !== previous).map(eventOf));
  noteLeft(
    tx,
    changed.filter(({ newlyLeft }) => newlyLeft).map(({ id }) => id),
  );
}

function eventOf({ id, contactId, status, previous, reason, error }: Changed) {
  const data: JsonObject = { ...(reason === null ? {} : { reason }), ...(error === null ? {} : { error }) };
  return {
    type: "message.status_changed",
    subject: { kind: "message", id },
    contactId,
    before: { status: previous },
    after: { status },
    ...(Object.keys(data).length === 0 ? {} : { data }),
  } as const;
}

type Changed = {
  id: number;
  contactId: number;
  status: string;
  previous: string | null;
  reason: string | null;
  error: Json;
  newlyLeft: boolean;
};

// A message that goes again starts anew: the id, the error and the times of the attempt before are the outbox row's to remember.
const updateStates = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Changed>`
    with news as materialized (
      select r.*, m.status as previous, m.id, m.status in ('sent', 'delivered', 'read', 'played') as is_out, ${hasLeft} as had_left
      from jsonb_to_recordset(${arg("rows")}::jsonb)
        as r (message_id bigint, status text, reason text, provider_id text, error jsonb, at timestamptz)
      join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = r.message_id
      order by m.id for update of m
    )
    update messages m set
      status = case when n.is_out and n.status = 'accepted' then m.status else n.status end,
      status_reason = n.reason,
      provider_id = case when n.status in ('accepted', 'failed') then coalesce(n.provider_id, m.provider_id)
        when n.status = 'queued' then null else m.provider_id end,
      accepted_at = case when n.status = 'accepted' then least(m.accepted_at, n.at) when n.status = 'queued' then null else m.accepted_at end,
      status_sent_at = case when n.status = 'queued' then null else m.status_sent_at end,
      failed_at = case when n.status = 'failed' then n.at when n.status in ('queued', 'accepted') then null else m.failed_at end,
      error = case when n.status in ('queued', 'accepted') then null else coalesce(n.error, m.error) end
    from news n where m.company_id = ${arg("companyId")}::bigint and m.id = n.id
    returning m.id, m.contact_id as "contactId", m.status, n.previous, m.status_reason as reason, m.error,
      ${hasLeft} and not n.had_left as "newlyLeft"`,
);
