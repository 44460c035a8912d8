import { type RawBuilder, sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import type { JsonObject } from "../../../shared/json.ts";
import type { TaskPriority, TaskStatus } from "../../../shared/task-words.ts";

export type Task = {
  id: number;
  contactId: number | null;
  dealId: number | null;
  leadId: number | null;
  /** The visit it prepares or follows. */
  appointmentId: number | null;
  title: string;
  description: string | null;
  taskType: string;
  priority: TaskPriority;
  status: TaskStatus;
  dueAt: string | null;
  assigneeUserId: number | null;
  /** Who is to do it, where that is no member. */
  assignedName: string | null;
  completedAt: string | null;
  outcome: string | null;
  metadata: JsonObject;
  version: number;
  createdBy: number | null;
  createdAt: string;
  updatedAt: string;
  contact: { name: string; company: string | null; phone: string | null } | null;
  deal: { title: string; value: string; stage: DealStage } | null;
};

export type TaskRow = Omit<Task, "contact" | "deal"> & {
  contactName: string | null;
  contactCompany: string | null;
  contactPhone: string | null;
  dealTitle: string | null;
  dealValue: string | null;
  dealStage: DealStage | null;
};

export const taskColumns: RawBuilder<unknown> = sql`
  t.id, t.contact_id as "contactId", t.deal_id as "dealId", t.lead_id as "leadId", t.appointment_id as "appointmentId", t.title, t.description,
  t.task_type as "taskType", t.priority, t.status, t.due_at as "dueAt", t.assignee_user_id as "assigneeUserId",
  t.assigned_name as "assignedName", t.completed_at as "completedAt", t.outcome, t.metadata, t.version, t.created_by as "createdBy", t.created_at as "createdAt",
  t.updated_at as "updatedAt", c.name as "contactName", o.name as "contactCompany", c.phone as "contactPhone",
  d.title as "dealTitle", trim_scale(d.value) as "dealValue", d.stage as "dealStage"`;

export const taskSource: RawBuilder<unknown> = sql`
  tasks t left join contacts c on c.company_id = t.company_id and c.id = t.contact_id
  left join organizations o on o.company_id = c.company_id and o.id = c.organization_id
  left join deals d on d.company_id = t.company_id and d.id = t.deal_id`;

// Field by field, as for deals: a copy of the rest is dear.
export function taskOf(row: TaskRow): Task {
  return {
    id: row.id,
    contactId: row.contactId,
    dealId: row.dealId,
    leadId: row.leadId,
    appointmentId: row.appointmentId,
    title: row.title,
    description: row.description,
    taskType: row.taskType,
    priority: row.priority,
    status: row.status,
    dueAt: row.dueAt,
    assigneeUserId: row.assigneeUserId,
    assignedName: row.assignedName,
    completedAt: row.completedAt,
    outcome: row.outcome,
    metadata: row.metadata,
    version: row.version,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    contact: contactOf(row),
    deal: dealOf(row),
  };
}

function contactOf({ contactName: name, contactCompany: company, contactPhone: phone }: TaskRow): Task["contact"] {
  return name === null ? null : { name, company, phone };
}

function dealOf({ dealTitle: title, dealValue: value, dealStage: stage }: TaskRow): Task["deal"] {
  return title === null || value === null || stage === null ? null : { title, value, stage };
}
