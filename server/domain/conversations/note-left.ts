import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { noteContacted } from "../contacts/note-contacted.ts";
import type { TxCtx } from "../context.ts";
import { leftAt } from "./has-left.ts";

/**
 * Notes on conversations and people that these messages of ours have left just now; before, nobody was written to. Sent without waiting:
 * a failure is the commit's. Conversations before people and each by their ids, as everybody does. The versions stay: nobody's edit
 * shall be refused because a message went out meanwhile.
 */
export function noteLeft(tx: TxCtx, messageIds: number[]): void {
  if (messageIds.length === 0) return;
  const { companyId } = tx;
  tx.tx.run(writeOutbound({ companyId, messageIds, now: tx.now().toISOString() })).catch(() => {});
  noteContacted(tx, messageIds);
}

const writeOutbound = prepared<{ companyId: number; messageIds: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    with news as materialized (
      select m.conversation_id as id, max(${leftAt(sql`${arg("now")}::timestamptz`)}) as left_at from messages m
      where m.company_id = ${arg("companyId")}::bigint and m.id = any(${arg("messageIds")}::bigint[]) group by 1
    ), held as materialized (
      select c.id, n.left_at from news n join conversations c on c.company_id = ${arg("companyId")}::bigint and c.id = n.id
      where n.left_at > coalesce(c.last_outbound_at, '-infinity') order by c.id for no key update of c
    )
    update conversations c set last_outbound_at = h.left_at from held h
    where c.company_id = ${arg("companyId")}::bigint and c.id = h.id`,
);
