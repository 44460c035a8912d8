import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** Brings back conversations whose time has come, over all companies. As many as the limit means that there may be more. */
export async function wakeConversations(db: Db, now: Date, limit: number): Promise<number> {
  return db.transaction(async (queries) => {
    const woken = await queries.all(wakeDue({ now: now.toISOString(), limit }));
    for (const [companyId, conversations] of Map.groupBy(woken, (row) => row.companyId)) {
      const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
      await recordEvents(
        tx,
        conversations.map(({ id, contactId, snoozedUntil }) => ({
          type: "conversation.woken",
          subject: { kind: "conversation", id },
          contactId,
          before: { status: "snoozed", snoozedUntil },
          after: { status: "open", snoozedUntil: null },
        })),
      );
    }
    return woken.length;
  });
}

type Woken = { companyId: number; id: number; contactId: number; snoozedUntil: string };

const wakeDue = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<Woken>`
    with due as (
      select company_id, id, snoozed_until from conversations
      where status = 'snoozed' and snoozed_until <= ${arg("now")}::timestamptz
      order by snoozed_until limit ${arg("limit")}::int for update skip locked
    )
    update conversations c set status = 'open', snoozed_until = null, version = c.version + 1, updated_at = ${arg("now")}::timestamptz
    from due where c.company_id = due.company_id and c.id = due.id
    returning c.company_id as "companyId", c.id, c.contact_id as "contactId", due.snoozed_until as "snoozedUntil"`,
);
