import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { moveCursor, takeCursor } from "../events/journal-cursor.ts";
import { readHorizon } from "../events/read-journal.ts";
import { assignedConversations } from "./causes/assigned-conversations.ts";
import { assignedLeads } from "./causes/assigned-leads.ts";
import { failedMessages } from "./causes/failed-messages.ts";
import { gatherNotices } from "./causes/gather-notices.ts";
import { handedOver } from "./causes/handed-over.ts";
import { mentions } from "./causes/mentions.ts";
import { missedCalls } from "./causes/missed-calls.ts";
import { notifyTeamOfMany } from "./notify-team.ts";

const cursorName = "notifications";
const batchSize = 1_000;
/** What happened longer ago is history that came along: an import, a restored dump. */
const newsMs = 7 * 86_400_000;

/** A line of the journal that may be a reason to tell somebody. */
export type Cause = {
  companyId: number;
  id: number;
  transactionId: string;
  type: string;
  /** The user who did it, who needs not be told. */
  actorUserId: number | null;
  subjectId: number;
};

export type Followed = { isMore: boolean /** Committed lines wait for an older transaction to end. */; held: boolean };

/**
 * Tells members of what happened since the last time and concerns them. Cursor and notifications are one transaction, and whoever
 * holds the cursor's lock is alone: each cause tells each member once, however many processes and crashes there are.
 */
export async function followCauses(db: Db, now: Date, limit = batchSize): Promise<Followed> {
  return db.transaction(async (tx) => {
    const after = await takeCursor(tx, cursorName);
    if (!after) return { isMore: false, held: false };
    const { before, fresh, held } = await readHorizon(tx, after);
    if (!fresh) return { isMore: false, held };
    const bounds = {
      transactionId: String(after.transactionId),
      eventId: after.eventId,
      before: String(before),
      limit,
      since: new Date(now.getTime() - newsMs).toISOString(),
    };
    const stretch = await tx.first(causesBetween(bounds));
    const { read = 0, transactionId = null, eventId = 0, causes = [] } = stretch ?? {};
    for (const [companyId, own] of Map.groupBy(causes ?? [], (cause) => cause.companyId))
      await tell({ db, queries: tx, companyId, now }, own);
    const isMore = read === limit && transactionId !== null;
    const to = isMore ? { transactionId: BigInt(transactionId), eventId } : { transactionId: before, eventId: 0 };
    await moveCursor(tx, cursorName, to);
    return { isMore, held };
  });
}

type Where = { db: Db; queries: Queries; companyId: number; now: Date };

// What stands by now decides, not what stood then: who was told already of something taken back would look for it in vain.
async function tell({ db, queries, companyId, now }: Where, causes: Cause[]): Promise<void> {
  const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
  const of = (noun: string) => causes.filter(({ type }) => type.startsWith(`${noun}.`));
  const notices = [
    ...(await assignedLeads(tx, of("lead"))),
    ...(await assignedConversations(
      tx,
      causes.filter(({ type }) => type === "conversation.assigned"),
    )),
    ...(await handedOver(
      tx,
      causes.filter(({ type }) => type === "conversation.handed_over"),
    )),
    ...(await failedMessages(tx, of("message"))),
    ...(await mentions(tx, of("note"))),
    ...(await missedCalls(tx, of("activity"))),
  ];
  await notifyTeamOfMany(tx, gatherNotices(notices));
}

type Bounds = { transactionId: string; eventId: number; before: string; limit: number; since: string };
type StretchOfCauses = { read: number; transactionId: string | null; eventId: number; causes: Cause[] | null };

// One walk over the index that every follower walks; of the ten thousands of lines that ingestion writes, only those that may concern
// somebody leave the database.
const causesBetween = prepared<Bounds>()(
  (_db, arg) => sql<StretchOfCauses>`
    with stretch as materialized (
      select e.company_id, e.id, e.transaction_id, e.type, e.actor_kind, e.actor_id, e.subject_id,
        case e.type
          when 'lead.created' then true
          when 'conversation.assigned' then true
          when 'conversation.handed_over' then true
          when 'message.status_changed' then e.after ->> 'status' = 'failed'
          when 'note.created' then true
          when 'note.updated' then true
          when 'activity.logged' then true
          when 'activity.updated' then true
          else e.type like 'lead.%' and e.after ? 'ownerUserId'
        end and e.occurred_at > ${arg("since")}::timestamptz as concerns
      from events e
      where (e.transaction_id, e.id) > (${arg("transactionId")}::xid8, ${arg("eventId")}::bigint)
        and e.transaction_id < ${arg("before")}::xid8
      order by e.transaction_id, e.id limit ${arg("limit")}::int
    ), last as (select transaction_id, id from stretch order by transaction_id desc, id desc limit 1)
    select (select count(*) from stretch) as read, (select transaction_id::text from last) as "transactionId",
      coalesce((select id from last), 0) as "eventId",
      (select jsonb_agg(jsonb_build_object('companyId', company_id, 'id', id, 'transactionId', transaction_id::text, 'type', type,
        'actorUserId', case when actor_kind = 'user' then actor_id end, 'subjectId', subject_id) order by transaction_id, id)
        from stretch where concerns) as causes`,
);
