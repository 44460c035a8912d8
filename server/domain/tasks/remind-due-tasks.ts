import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { type Notice, notifyTeamOfMany } from "../notifications/notify-team.ts";

/**
 * Announces tasks that have fallen due, over all companies, to their assignee, or else to whose person it is, or else to the team;
 * each once. Two workers share the rows between them. Nobody is told of a deleted person's. Gives how many had fallen due: as many
 * as the limit means that there may be more.
 */
export async function remindDueTasks(db: Db, now: Date, limit: number): Promise<number> {
  return db.transaction(async (queries) => {
    const due = await queries.all(claimDueTasks({ now: now.toISOString(), limit }));
    const announced = due.filter(({ isOfDeleted }) => !isOfDeleted);
    for (const [companyId, tasks] of Map.groupBy(announced, (task) => task.companyId)) {
      await announce(db, queries, { companyId, now, tasks });
    }
    return due.length;
  });
}

type DueTask = {
  companyId: number;
  id: number;
  title: string;
  dueAt: string;
  contactId: number | null;
  contactName: string | null;
  isOfDeleted: boolean;
  /** The assignee, or else whose person it is. */
  userId: number | null;
};

async function announce(
  db: Db,
  queries: Queries,
  due: { companyId: number; now: Date; tasks: DueTask[] },
): Promise<void> {
  const { companyId, now, tasks } = due;
  const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
  await notifyTeamOfMany(tx, tasks.map(noticeOf));
  await recordEvents(
    tx,
    tasks.map(({ id, contactId, title, dueAt }) => ({
      type: "task.due",
      subject: { kind: "task", id },
      contactId,
      data: { title, dueAt },
    })),
  );
}

function noticeOf(task: DueTask): Notice {
  return {
    kind: "task.overdue",
    title: task.contactName ? `Overdue: ${task.title} (${task.contactName})` : `Overdue: ${task.title}`,
    contactId: task.contactId,
    subject: { kind: "task", id: task.id },
    happensAt: task.dueAt,
    // With its due time: a task that was put off is announced again.
    dedupeKey: `task.due:${task.id}:${task.dueAt}`,
    userId: task.userId,
  };
}

const claimDueTasks = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<DueTask>`
    with due as (
      select company_id, id from tasks
      where reminded_at is null and deleted_at is null and status in ('backlog', 'todo', 'in_progress')
        and due_at is not null and due_at <= ${arg("now")}::timestamptz
      order by due_at limit ${arg("limit")}::int for update skip locked
    ), claimed as (
      update tasks t set reminded_at = ${arg("now")}::timestamptz from due
      where t.company_id = due.company_id and t.id = due.id
      returning t.company_id, t.id, t.title, t.due_at, t.contact_id, t.assignee_user_id
    )
    select t.company_id as "companyId", t.id, t.title, t.due_at as "dueAt", t.contact_id as "contactId",
      c.name as "contactName", c.deleted_at is not null as "isOfDeleted", coalesce(t.assignee_user_id, c.owner_user_id) as "userId"
    from claimed t left join contacts c on c.company_id = t.company_id and c.id = t.contact_id
    order by t.due_at, t.id`,
);
