import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { getConversation } from "../conversations/list-conversations.ts";

/** Lets the vendor show that the person's messages up to this time were read. It leaves with the next turn of the worker, best effort. */
export async function signalRead(tx: TxCtx, conversationId: number, upTo: string): Promise<void> {
  await tx.tx.run(
    addSignal({ companyId: tx.companyId, conversationId, upTo, typing: false, now: tx.now().toISOString() }),
  );
}

/** Shows the person for a moment that somebody writes to them; WhatsApp marks their messages as read with it. */
export async function signalTyping(ctx: Ctx, conversationId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    await getConversation(tx, conversationId);
    const now = tx.now().toISOString();
    await tx.tx.run(addSignal({ companyId: tx.companyId, conversationId, upTo: now, typing: true, now }));
  });
}

// WhatsApp takes no signal about a message older than 30 days, a gateway has no way out, and mail knows none.
const addSignal = prepared<{ companyId: number; conversationId: number; upTo: string; typing: boolean; now: string }>()(
  (_db, arg) => sql<never>`
    insert into vendor_signals (company_id, conversation_id, channel_account_id, provider_id, typing, due_at)
    select m.company_id, m.conversation_id, m.channel_account_id, m.provider_id, ${arg("typing")}::boolean, ${arg("now")}::timestamptz
    from messages m join channel_accounts a on a.company_id = m.company_id and a.id = m.channel_account_id
    where m.company_id = ${arg("companyId")}::bigint and m.conversation_id = ${arg("conversationId")}::bigint
      and m.direction = 'in' and m.origin = 'person' and m.provider_id is not null and a.provider not in ('whatsapp_gateway', 'email')
      and m.sent_at <= ${arg("upTo")}::timestamptz + interval '1 second' and m.sent_at > ${arg("now")}::timestamptz - interval '30 days'
    order by m.sent_at desc, m.id desc limit 1
    on conflict (company_id, conversation_id) do update set provider_id = excluded.provider_id, due_at = excluded.due_at, attempts = 0,
      typing = excluded.typing or vendor_signals.typing`,
);
