import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { TaskPriority, TaskStatus } from "../../../shared/task-words.ts";
import { prepared } from "../../db/prepared.ts";
import { requireMember } from "../accounts/require-member.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { findTaskByOrigin, getTask } from "./get-task.ts";
import type { Task } from "./task.ts";
import { checkTaskFields } from "./task-fields.ts";
import { resolveSubject, type TaskSubject } from "./task-subject.ts";

export type NewTask = {
  contactId?: number | null;
  dealId?: number | null;
  leadId?: number | null;
  /** Brings its person along. */
  appointmentId?: number | null;
  title: string;
  description?: string | null;
  taskType?: string;
  priority?: TaskPriority;
  status?: TaskStatus;
  dueAt?: string | null;
  assigneeUserId?: number | null;
  /** Who is to do it, where that is no member. */
  assignedName?: string | null;
  outcome?: string | null;
  metadata?: JsonObject;
  /** What makes it by itself, so that it is made once. */
  originKey?: string;
};

export async function createTask(ctx: Ctx, input: NewTask): Promise<Task> {
  checkTaskFields(input);
  return ctx.transact(async (tx) => {
    const { contactId = null, dealId = null, leadId = null, appointmentId = null } = input;
    const subject = await resolveSubject(tx, { contactId, dealId, leadId, appointmentId });
    await requireMember(tx, "assigneeUserId", input.assigneeUserId);
    const row = await tx.tx.first(insertTask(rowOf(tx, input, subject)));
    if (!row) return madeBefore(tx, input.originKey);
    const task = await getTask(tx, row.id);
    const { title, taskType, priority, status, dueAt } = task;
    await recordEvent(tx, {
      type: "task.created",
      subject: { kind: "task", id: row.id },
      contactId: task.contactId,
      after: { title, taskType, priority, status, dueAt },
    });
    return task;
  });
}

// Only an origin key can stand in an insert's way.
async function madeBefore(tx: TxCtx, originKey: string | undefined): Promise<Task> {
  const task = originKey === undefined ? undefined : await findTaskByOrigin(tx, originKey);
  if (!task) throw notFound("task");
  return task;
}

type TaskInsert = TaskSubject & {
  companyId: number;
  title: string;
  description: string | null;
  taskType: string;
  priority: TaskPriority;
  status: TaskStatus;
  dueAt: string | null;
  assigneeUserId: number | null;
  assignedName: string | null;
  outcome: string | null;
  metadata: string;
  originKey: string | null;
  completedAt: string | null;
  createdBy: number | null;
  now: string;
};

function rowOf(tx: TxCtx, input: NewTask, subject: TaskSubject): TaskInsert {
  const now = tx.now().toISOString();
  const status = input.status ?? "todo";
  return {
    ...subject,
    companyId: tx.companyId,
    title: input.title,
    description: input.description ?? null,
    taskType: input.taskType ?? "follow_up",
    priority: input.priority ?? "medium",
    status,
    dueAt: input.dueAt === undefined || input.dueAt === null ? null : instantOf("dueAt", input.dueAt),
    assigneeUserId: input.assigneeUserId ?? null,
    assignedName: input.assignedName ?? null,
    outcome: input.outcome ?? null,
    metadata: JSON.stringify(input.metadata ?? {}),
    originKey: input.originKey ?? null,
    completedAt: status === "done" ? now : null,
    createdBy: actingUserId(tx),
    now,
  };
}

const insertTask = prepared<TaskInsert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into tasks (company_id, contact_id, deal_id, lead_id, appointment_id, title, description, task_type, priority, status, due_at,
      assignee_user_id, assigned_name, outcome, metadata, origin_key, completed_at, created_by, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("dealId")}::bigint, ${arg("leadId")}::bigint,
      ${arg("appointmentId")}::bigint, ${arg("title")}::text, ${arg("description")}::text, ${arg("taskType")}::text, ${arg("priority")}::text,
      ${arg("status")}::text, ${arg("dueAt")}::timestamptz, ${arg("assigneeUserId")}::bigint,
      ${arg("assignedName")}::text, ${arg("outcome")}::text, ${arg("metadata")}::jsonb, ${arg("originKey")}::text,
      ${arg("completedAt")}::timestamptz, ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, origin_key) where origin_key is not null do nothing
    returning id`,
);
