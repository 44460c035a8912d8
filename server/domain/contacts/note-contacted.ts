import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { leftAt } from "../conversations/has-left.ts";

/**
 * Notes that people were contacted by messages of ours that have left; a trigger tells the list of follow-ups. An earlier time than the
 * known one changes nothing, and deleted people stay as they are. Sent without waiting: a failure is the commit's.
 */
export function noteContacted(tx: TxCtx, messageIds: number[]): void {
  tx.tx.run(writeLeft({ companyId: tx.companyId, messageIds, now: tx.now().toISOString() })).catch(() => {});
}

const writeLeft = prepared<{ companyId: number; messageIds: number[]; now: string }>()(
  (_db, arg) => sql<never>`
    with news as materialized (
      select m.contact_id as id, max(${leftAt(sql`${arg("now")}::timestamptz`)}) as left_at from messages m
      where m.company_id = ${arg("companyId")}::bigint and m.id = any(${arg("messageIds")}::bigint[]) group by 1
    ), held as materialized (
      select c.id, n.left_at from news n join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = n.id
      where c.deleted_at is null and n.left_at > coalesce(c.last_contacted_at, '-infinity') order by c.id for no key update of c
    )
    update contacts c set last_contacted_at = h.left_at from held h
    where c.company_id = ${arg("companyId")}::bigint and c.id = h.id`,
);
