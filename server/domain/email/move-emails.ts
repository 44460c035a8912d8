import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Lets mails and their links follow messages that a merge, or its undo, gave to another person. */
export async function moveEmails(tx: TxCtx, messageIds: number[]): Promise<void> {
  const moved = { companyId: tx.companyId, messageIds };
  await tx.tx.run(emailsFollow(moved));
  await tx.tx.run(linksFollow(moved));
}

type Moved = { companyId: number; messageIds: number[] };

const emailsFollow = prepared<Moved>()(
  (_db, arg) => sql<never>`
    update emails e set contact_id = m.contact_id from messages m
    where e.company_id = ${arg("companyId")}::bigint and e.message_id = any(${arg("messageIds")}::bigint[])
      and m.company_id = e.company_id and m.id = e.message_id and e.contact_id <> m.contact_id`,
);

const linksFollow = prepared<Moved>()(
  (_db, arg) => sql<never>`
    update tracked_links l set contact_id = m.contact_id from messages m
    where l.company_id = ${arg("companyId")}::bigint and l.message_id = any(${arg("messageIds")}::bigint[])
      and m.company_id = l.company_id and m.id = l.message_id and l.contact_id <> m.contact_id`,
);
