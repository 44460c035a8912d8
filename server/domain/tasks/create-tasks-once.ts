import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** A task that something makes by itself; the origin key makes it once. */
export type AutomaticTask = {
  originKey: string;
  contactId: number;
  leadId: number | null;
  title: string;
  description: string;
  taskType: string;
  priority: string;
  dueAt: Date;
};

export async function createTasksOnce(tx: TxCtx, tasks: AutomaticTask[]): Promise<void> {
  if (tasks.length === 0) return;
  const rows = tasks.map((task) => ({
    origin_key: task.originKey,
    contact_id: task.contactId,
    lead_id: task.leadId,
    title: task.title.slice(0, 200),
    description: task.description,
    task_type: task.taskType,
    priority: task.priority,
    due_at: task.dueAt.toISOString(),
  }));
  const now = tx.now().toISOString();
  const created = await tx.tx.all(insertTasks({ companyId: tx.companyId, rows: JSON.stringify(rows), now }));
  await recordEvents(
    tx,
    created.map(({ id, contact_id, ...after }) => ({
      type: "task.created",
      subject: { kind: "task", id },
      contactId: contact_id,
      after,
    })),
  );
}

type Created = { id: number; contact_id: number; title: string; task_type: string; priority: string; due_at: string };

const insertTasks = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<Created>`
    insert into tasks (company_id, origin_key, contact_id, lead_id, title, description, task_type, priority, due_at, assignee_user_id,
      created_at, updated_at)
    select ${arg("companyId")}::bigint, r.origin_key, r.contact_id, r.lead_id, r.title, r.description, r.task_type, r.priority, r.due_at,
      c.owner_user_id, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (origin_key text, contact_id bigint, lead_id bigint, title text, description text,
      task_type text, priority text, due_at timestamptz)
    join contacts c on c.company_id = ${arg("companyId")} and c.id = r.contact_id
    on conflict (company_id, origin_key) where origin_key is not null do nothing
    returning id, contact_id, title, task_type, priority, due_at`,
);
