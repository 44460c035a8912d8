import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { type Notice, notifyTeamOfMany } from "../notifications/notify-team.ts";

/** How long before its due time a task is told of. */
const warnedBeforeMs = 30 * 60_000;

/**
 * Tells of tasks that fall due soon, over all companies, to their assignee or else to whose person it is; nobody's are left until
 * they are due, and nobody is told of a deleted person's. Each once for each due time. As many as the limit means that there may be more.
 */
export async function warnOfDueTasks(db: Db, now: Date, limit: number): Promise<number> {
  return db.transaction(async (queries) => {
    const until = new Date(now.getTime() + warnedBeforeMs).toISOString();
    const soon = await queries.all(claimSoon({ now: now.toISOString(), until, limit }));
    for (const [companyId, tasks] of Map.groupBy(soon, (task) => task.companyId)) {
      const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
      await notifyTeamOfMany(tx, tasks.flatMap(noticeOf));
    }
    return soon.length;
  });
}

type SoonTask = {
  companyId: number;
  id: number;
  title: string;
  dueAt: string;
  contactId: number | null;
  contactName: string | null;
  isOfDeleted: boolean;
  userId: number | null;
};

function noticeOf(task: SoonTask): Notice[] {
  if (task.userId === null || task.isOfDeleted) return [];
  return [
    {
      kind: "task.due",
      title: task.contactName ? `Due soon: ${task.title} (${task.contactName})` : `Due soon: ${task.title}`,
      contactId: task.contactId,
      subject: { kind: "task", id: task.id },
      happensAt: task.dueAt,
      dedupeKey: `task.due_soon:${task.id}:${task.dueAt}`,
      userId: task.userId,
    },
  ];
}

// The index of what is not overdue yet serves: those of half an hour are few, and another index would cost every new task.
const claimSoon = prepared<{ now: string; until: string; limit: number }>()(
  (_db, arg) => sql<SoonTask>`
    with soon as (
      select company_id, id from tasks
      where reminded_at is null and deleted_at is null and status in ('backlog', 'todo', 'in_progress')
        and due_at is not null and due_at > ${arg("now")}::timestamptz and due_at <= ${arg("until")}::timestamptz
        and warned_for is distinct from due_at
      order by due_at limit ${arg("limit")}::int for update skip locked
    ), claimed as (
      update tasks t set warned_for = t.due_at from soon
      where t.company_id = soon.company_id and t.id = soon.id
      returning t.company_id, t.id, t.title, t.due_at, t.contact_id, t.assignee_user_id
    )
    select t.company_id as "companyId", t.id, t.title, t.due_at as "dueAt", t.contact_id as "contactId",
      c.name as "contactName", c.deleted_at is not null as "isOfDeleted", coalesce(t.assignee_user_id, c.owner_user_id) as "userId"
    from claimed t left join contacts c on c.company_id = t.company_id and c.id = t.contact_id
    order by t.due_at, t.id`,
);
