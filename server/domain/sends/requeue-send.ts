import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { writeOutgoingStates } from "../conversations/write-outgoing-state.ts";
import { DomainError, notFound } from "../domain-error.ts";
import { decideSend } from "../policy/decide-sends.ts";
import type { Purpose, SendOrigin } from "../policy/send-decision.ts";
import type { OutgoingContent } from "./outgoing-content.ts";
import { waitOf } from "./wait-of.ts";
import { wantedContent } from "./wanted-content.ts";

/** Puts a message into the outbox anew; refused where the policy refuses it now. The caller holds its row. */
export async function requeueSend(tx: TxCtx, messageId: number): Promise<void> {
  const send = await tx.tx.first(sendOf({ companyId: tx.companyId, messageId }));
  if (!send) throw notFound("message", messageId);
  const { contactId, channelAccountId, purpose, origin, templateId, request } = send;
  const content = wantedContent(request, templateId);
  const decision = await decideSend(tx, { contactId, channelAccountId, purpose, origin, content, sendId: send.id });
  if (decision.outcome === "refused") {
    const { obstacle, reason, alternatives } = decision;
    throw new DomainError({ kind: "send_refused", obstacle, message: reason, alternatives });
  }
  const wait = waitOf(decision, tx.now());
  await tx.tx.run(
    requeue({
      companyId: tx.companyId,
      id: send.id,
      at: wait.at.toISOString(),
      inOrder: wait.inOrder,
      reason: wait.reason,
      decision: JSON.stringify(decision),
      spent: send.providerId,
      now: tx.now().toISOString(),
    }),
  );
  await writeOutgoingStates(tx, [{ messageId, status: "queued", reason: wait.reason, at: tx.now() }]);
}

type Row = {
  id: number;
  contactId: number;
  channelAccountId: number;
  purpose: Purpose;
  origin: SendOrigin;
  templateId: number | null;
  request: OutgoingContent;
  providerId: string | null;
};

const sendOf = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<Row>`
    select s.id, s.contact_id as "contactId", s.channel_account_id as "channelAccountId", s.purpose, s.origin,
      m.template_id as "templateId", s.request, m.provider_id as "providerId"
    from outbound_sends s join messages m on m.company_id = s.company_id and m.id = s.message_id
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = ${arg("messageId")}::bigint`,
);

const requeue = prepared<{
  companyId: number;
  id: number;
  at: string;
  inOrder: boolean;
  reason: string | null;
  decision: string;
  spent: string | null;
  now: string;
}>()(
  (_db, arg) => sql<never>`
    update outbound_sends set state = 'queued', attempts = 0, refusals = '{}', next_attempt_at = ${arg("at")}::timestamptz, in_order = ${arg("inOrder")}::boolean,
      waiting_reason = ${arg("reason")}::text, decision = ${arg("decision")}::jsonb, error = null, error_class = null, called_at = null,
      spent_provider_ids = case when ${arg("spent")}::text is null then spent_provider_ids
        else array_append(spent_provider_ids, ${arg("spent")}::text) end,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
