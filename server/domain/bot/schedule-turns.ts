import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** However long somebody keeps typing, the bot answers after this many pauses. */
const longestDelays = 4;

type Waiting = { conversationId: number; contactId: number; messageId: number };

/**
 * Notes that conversations wait for the bot, in the transaction that stored the messages. Messages that come before it answers join
 * the turn, so that three at once get one reply.
 */
export async function scheduleTurns(tx: TxCtx, waiting: Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  await tx.tx.run(
    insertTurns({ companyId: tx.companyId, now: tx.now().toISOString(), rows: JSON.stringify(waiting), longestDelays }),
  );
}

const insertTurns = prepared<{ companyId: number; now: string; rows: string; longestDelays: number }>()(
  (_db, arg) => sql<never>`
    insert into bot_turns (company_id, conversation_id, contact_id, first_message_id, last_message_id, due_at, created_at)
    select v.company_id, v.id, min(r."contactId"), min(r."messageId"), max(r."messageId"),
      ${arg("now")}::timestamptz + make_interval(secs => s.reply_delay_ms / 1000.0), ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("conversationId" bigint, "contactId" bigint, "messageId" bigint)
    join bot_settings s on s.company_id = ${arg("companyId")}::bigint and s.enabled
    join conversations v on v.company_id = s.company_id and v.id = r."conversationId" and v.bot_enabled
    group by v.company_id, v.id, s.reply_delay_ms
    order by v.id
    on conflict (company_id, conversation_id) do update set
      last_message_id = greatest(bot_turns.last_message_id, excluded.last_message_id),
      due_at = least(excluded.due_at, bot_turns.created_at + ${arg("longestDelays")}::int * (excluded.due_at - excluded.created_at))`,
);
