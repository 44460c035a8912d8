import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { moveEmails } from "../email/move-emails.ts";

/** Lets the outbox, and what mails are beside their messages, follow messages that a merge, or its undo, gave to another person or conversation. */
export async function moveSends(tx: TxCtx, messageIds: number[]): Promise<void> {
  await tx.tx.run(follow({ companyId: tx.companyId, messageIds }));
  await moveEmails(tx, messageIds);
}

const follow = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<never>`
    update outbound_sends s set conversation_id = m.conversation_id, contact_id = m.contact_id
    from messages m
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = any(${arg("messageIds")}::bigint[])
      and m.company_id = s.company_id and m.id = s.message_id
      and (s.conversation_id <> m.conversation_id or s.contact_id <> m.contact_id)`,
);
