import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Mails and their links go with their messages: after a merge, or its undo, moved those between these people. */
export async function followMovedMessages(tx: TxCtx, contactIds: number[]): Promise<void> {
  const { companyId } = tx;
  await tx.tx.run(followEmails({ companyId, contactIds }));
  await tx.tx.run(followLinks({ companyId, contactIds }));
}

type People = { companyId: number; contactIds: number[] };

const followEmails = prepared<People>()(
  (_db, arg) => sql<never>`
    update emails e set contact_id = m.contact_id from messages m
    where e.company_id = ${arg("companyId")}::bigint and e.contact_id = any(${arg("contactIds")}::bigint[])
      and m.company_id = e.company_id and m.id = e.message_id and m.contact_id <> e.contact_id`,
);

const followLinks = prepared<People>()(
  (_db, arg) => sql<never>`
    update tracked_links l set contact_id = e.contact_id from emails e
    where e.company_id = ${arg("companyId")}::bigint and e.contact_id = any(${arg("contactIds")}::bigint[])
      and l.company_id = e.company_id and l.message_id = e.message_id and l.contact_id <> e.contact_id`,
);
