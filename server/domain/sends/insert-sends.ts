import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Purpose, SendDecision } from "../policy/send-decision.ts";
import type { Leaving } from "./queue-batch.ts";
import { waitOf } from "./wait-of.ts";

type Row = Leaving & { messageId: number; conversationId: number; purpose: Purpose };

/** Writes the rows of the outbox, not waited for: a failure is the commit's. Whoever waits for work is woken by the commit. */
export function insertSends(tx: TxCtx, items: Row[]): void {
  if (items.length === 0) return;
  const rows = items.map((item) => rowOf(item, tx.now()));
  const written = insertRows({ companyId: tx.companyId, now: tx.now().toISOString(), rows: JSON.stringify(rows) });
  tx.tx.run(written).catch(() => {});
}

function rowOf({ send, decision, template, messageId, conversationId, purpose }: Row, now: Date) {
  const { content, origin, priority, onceKey, contactId, channelAccountId, replyToProviderId, expiresAt } = send;
  const wait = waitOf(decision, now);
  return {
    message_id: messageId,
    conversation_id: conversationId,
    contact_id: contactId,
    channel_account_id: channelAccountId,
    purpose,
    // A mail's HTML may be large, and lies with the mail.
    request: content.type === "email" ? { ...content, html: null } : content,
    origin,
    priority,
    once_key: onceKey ?? null,
    reply_to_provider_id: replyToProviderId,
    template_category: template?.category ?? null,
    next_attempt_at: wait.at.toISOString(),
    in_order: wait.inOrder,
    waiting_reason: wait.reason,
    decision,
    expires_at: expiresAt?.toISOString() ?? null,
    ...pricedAt(decision),
  };
}

export function pricedAt({ price, outsideWindow }: SendDecision) {
  return { price: price?.amount ?? null, price_currency: price?.currency ?? null, outside_window: outsideWindow };
}

const insertRows = prepared<{ companyId: number; now: string; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into outbound_sends (company_id, message_id, conversation_id, contact_id, channel_account_id, purpose, request, origin, priority,
      once_key, reply_to_provider_id, template_category, next_attempt_at, in_order, waiting_reason, decision, price, price_currency,
      outside_window, expires_at, created_at, updated_at)
    select ${arg("companyId")}::bigint, r.message_id, r.conversation_id, r.contact_id, r.channel_account_id, r.purpose, r.request, r.origin,
      r.priority, r.once_key, r.reply_to_provider_id, r.template_category, r.next_attempt_at, r.in_order, r.waiting_reason, r.decision,
      r.price, r.price_currency, r.outside_window, r.expires_at, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (message_id bigint, conversation_id bigint, contact_id bigint,
      channel_account_id bigint, purpose text, request jsonb, origin text, priority smallint, once_key text, reply_to_provider_id text,
      template_category text, next_attempt_at timestamptz, in_order boolean, waiting_reason text, decision jsonb, price numeric,
      price_currency text, outside_window boolean, expires_at timestamptz)
    order by r.message_id`,
);
