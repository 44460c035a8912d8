import { sql } from "kysely";
import type { JsonObject } from "../../../../shared/json.ts";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { type OutgoingState, writeOutgoingStates } from "../../conversations/write-outgoing-state.ts";
import type { SendEnd } from "./send-end.ts";

export type EndedSend = { sendId: number; messageId: number; end: SendEnd };

/** Writes what came of these rows, on the outbox and on the messages that people see. The caller holds the rows. */
export async function writeEnds(tx: TxCtx, ended: EndedSend[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map(({ sendId, end }) => ({ id: sendId, ...rowOf(end, tx.now()) }));
  const written = writeRows({ companyId: tx.companyId, now: tx.now().toISOString(), rows: JSON.stringify(rows) });
  // Not waited for: where it fails, so does what follows.
  tx.tx.run(written).catch(() => {});
  await writeOutgoingStates(
    tx,
    ended.map(({ messageId, end }) => stateOf(messageId, end, tx.now())),
  );
}

function rowOf(end: SendEnd, now: Date): JsonObject {
  const { state } = end;
  switch (end.state) {
    case "accepted":
      return { state, at: now.toISOString(), accepted_at: end.at.toISOString(), in_order: true };
    case "queued": {
      const { at, reason, inOrder, errorClass, error, refusedAs = null } = end;
      const why = { waiting_reason: reason, error_class: errorClass, error, refused_as: refusedAs };
      return { state, at: at.toISOString(), in_order: inOrder, ...why };
    }
    case "unknown":
      return { state, at: end.lookAgainAt.toISOString(), waiting_reason: end.reason, in_order: true };
    case "failed":
      return {
        state,
        at: now.toISOString(),
        error_class: end.errorClass,
        error: end.error,
        refused_as: end.refusedAs ?? null,
        in_order: true,
      };
  }
}

function stateOf(messageId: number, end: SendEnd, now: Date): OutgoingState {
  const { state: status, reason } = end;
  switch (end.state) {
    case "accepted":
      return { messageId, status: end.state, reason, providerId: end.providerId, at: end.at };
    case "failed":
      return {
        messageId,
        status: end.state,
        reason,
        error: end.error,
        at: now,
        ...(end.providerId === undefined ? {} : { providerId: end.providerId }),
      };
    case "queued":
    case "unknown":
      return { messageId, status, reason, at: now };
  }
}

const writeRows = prepared<{ companyId: number; now: string; rows: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends s set state = r.state, next_attempt_at = r.at, lease_expires_at = null, in_order = r.in_order,
      waiting_reason = r.waiting_reason,
      refusals = case when r.refused_as is null then s.refusals
        else jsonb_set(s.refusals, array[r.refused_as], to_jsonb(coalesce((s.refusals ->> r.refused_as)::int, 0) + 1)) end,
      error_class = r.error_class, error = r.error, accepted_at = coalesce(r.accepted_at, s.accepted_at),
      updated_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, state text, at timestamptz, accepted_at timestamptz, in_order boolean,
      refused_as text, waiting_reason text, error_class text, error jsonb)
    where s.company_id = ${arg("companyId")}::bigint and s.id = r.id`,
);
