import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { JournalPosition } from "./journal-position.ts";

/** Takes a shared follower's cursor until the transaction ends; nothing where another process has it just now. */
export async function takeCursor(tx: Queries, name: string): Promise<JournalPosition | undefined> {
  const row = await tx.first(lockCursor({ name }));
  return row && { transactionId: BigInt(row.transactionId), eventId: row.eventId };
}

export async function moveCursor(tx: Queries, name: string, to: JournalPosition): Promise<void> {
  await tx.run(writeCursor({ name, transactionId: String(to.transactionId), eventId: to.eventId }));
}

const lockCursor = prepared<{ name: string }>()(
  (_db, arg) => sql<{ transactionId: string; eventId: number }>`
    select transaction_id::text as "transactionId", event_id as "eventId" from journal_cursors where name = ${arg("name")}::text
    for update skip locked`,
);

const writeCursor = prepared<{ name: string; transactionId: string; eventId: number }>()(
  (_db, arg) => sql<never>`
    update journal_cursors set transaction_id = ${arg("transactionId")}::xid8, event_id = ${arg("eventId")}::bigint, moved_at = now()
    where name = ${arg("name")}::text`,
);
