import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type ClaimedTurn = { companyId: number; conversationId: number; attempts: number };

/** Longer than the slowest model; a worker that died gives its turns back after this. */
const leaseSeconds = 60;

/** Takes turns that are due, over all companies. Each belongs to one worker until its lease ends. */
export async function claimTurns(db: Db, limit: number, now: Date): Promise<ClaimedTurn[]> {
  return db.all(claimDue({ limit, now: now.toISOString(), leaseSeconds }));
}

/** Puts a turn off: the model or the database failed in the middle of it. */
export async function postponeTurn(db: Db, turn: ClaimedTurn, until: Date): Promise<void> {
  await db.run(
    postpone({ companyId: turn.companyId, conversationId: turn.conversationId, until: until.toISOString() }),
  );
}

/** Drops a turn nobody can answer. */
export async function dropTurn(db: Db, turn: ClaimedTurn): Promise<void> {
  await db.run(deleteTurn({ companyId: turn.companyId, conversationId: turn.conversationId }));
}

const claimDue = prepared<{ limit: number; now: string; leaseSeconds: number }>()(
  (_db, arg) => sql<ClaimedTurn>`
    update bot_turns t set attempts = t.attempts + 1,
      lease_expires_at = ${arg("now")}::timestamptz + make_interval(secs => ${arg("leaseSeconds")}::int)
    from (
      select company_id, conversation_id from bot_turns
      where due_at <= ${arg("now")}::timestamptz and coalesce(lease_expires_at, '-infinity') <= ${arg("now")}::timestamptz
      order by due_at limit ${arg("limit")}::int for update skip locked
    ) due
    where t.company_id = due.company_id and t.conversation_id = due.conversation_id
    returning t.company_id as "companyId", t.conversation_id as "conversationId", t.attempts`,
);

const postpone = prepared<{ companyId: number; conversationId: number; until: string }>()(
  (_db, arg) => sql<never>`
    update bot_turns set due_at = ${arg("until")}::timestamptz, lease_expires_at = null
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint`,
);

const deleteTurn = prepared<{ companyId: number; conversationId: number }>()(
  (_db, arg) => sql<never>`
    delete from bot_turns where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint`,
);
