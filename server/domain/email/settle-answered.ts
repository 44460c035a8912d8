import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { settleEmail } from "./settle-email.ts";

type Answer = { inReplyTo: string | null; at: Date };

/** Whoever answers a mail has it, also where nobody knew whether a server took it. */
export async function settleAnswered(tx: TxCtx, answers: Answer[]): Promise<void> {
  const times = new Map(answers.flatMap(({ inReplyTo, at }) => (inReplyTo === null ? [] : [[inReplyTo, at] as const])));
  if (times.size === 0) return;
  const mails = await tx.tx.all(ownMails({ companyId: tx.companyId, ids: [...times.keys()] }));
  for (const { messageId, internetMessageId } of mails)
    await settleEmail(tx, messageId, { kind: "delivered", at: times.get(internetMessageId) ?? tx.now() });
}

const ownMails = prepared<{ companyId: number; ids: string[] }>()(
  (_db, arg) => sql<{ messageId: number; internetMessageId: string }>`
    select e.message_id as "messageId", e.internet_message_id as "internetMessageId"
    from emails e join messages m on m.company_id = e.company_id and m.id = e.message_id
    where e.company_id = ${arg("companyId")}::bigint and e.internet_message_id = any(${arg("ids")}::text[])
      and m.direction = 'out' and m.status not in ('delivered', 'read')
    order by e.message_id limit 100`,
);
