import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Task } from "./task.ts";

/** Writes what of a task can be edited. A moved due time is announced anew. */
export async function writeTask(tx: TxCtx, task: Task): Promise<void> {
  await tx.tx.run(
    updateTaskRow({
      ...task,
      metadata: JSON.stringify(task.metadata),
      companyId: tx.companyId,
      now: tx.now().toISOString(),
    }),
  );
}

type TaskWrite = Omit<Task, "contact" | "deal" | "metadata"> & { metadata: string; companyId: number; now: string };

const updateTaskRow = prepared<TaskWrite>()(
  (_db, arg) => sql<never>`
    update tasks set contact_id = ${arg("contactId")}::bigint, deal_id = ${arg("dealId")}::bigint, lead_id = ${arg("leadId")}::bigint,
      appointment_id = ${arg("appointmentId")}::bigint, assigned_name = ${arg("assignedName")}::text, metadata = ${arg("metadata")}::jsonb,
      title = ${arg("title")}::text, description = ${arg("description")}::text, task_type = ${arg("taskType")}::text,
      priority = ${arg("priority")}::text, status = ${arg("status")}::text, due_at = ${arg("dueAt")}::timestamptz,
      reminded_at = case when due_at is distinct from ${arg("dueAt")}::timestamptz then null else reminded_at end,
      assignee_user_id = ${arg("assigneeUserId")}::bigint, completed_at = ${arg("completedAt")}::timestamptz,
      outcome = ${arg("outcome")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
