import type * as View from "../../../../shared/v1/task.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { NewTask } from "../../../domain/tasks/create-task.ts";
import type { Task } from "../../../domain/tasks/task.ts";
import { taskState } from "../../../domain/tasks/task-state.ts";
import type { TaskPatch } from "../../../domain/tasks/update-task.ts";
import { presentMoney } from "../present-money.ts";

export function presentTask(task: Task, now: Date): View.Task {
  const { contact, deal } = task;
  return {
    id: task.id,
    contact_id: task.contactId,
    deal_id: task.dealId,
    lead_id: task.leadId,
    appointment_id: task.appointmentId,
    title: task.title,
    description: task.description,
    task_type: task.taskType,
    priority: task.priority,
    status: task.status,
    state: taskState(task, now),
    due_at: task.dueAt,
    assignee_user_id: task.assigneeUserId,
    completed_at: task.completedAt,
    outcome: task.outcome,
    contact: contact && { name: contact.name, company: contact.company, phone: contact.phone },
    deal: deal && { title: deal.title, value: presentMoney(deal.value), stage: deal.stage },
    version: task.version,
    created_by: task.createdBy,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
  };
}

export function parseTaskPatch(body: View.TaskPatch): TaskPatch {
  return withoutUndefined({ outcome: body.outcome, ...taskFields(body) });
}

export function parseNewTask(body: View.NewTask): NewTask {
  return { ...withoutUndefined({ ...taskFields(body), appointmentId: body.appointment_id }), title: body.title };
}

function taskFields(body: View.TaskPatch) {
  return {
    contactId: body.contact_id,
    dealId: body.deal_id,
    leadId: body.lead_id,
    title: body.title,
    description: body.description,
    taskType: body.task_type,
    priority: body.priority,
    status: body.status,
    dueAt: body.due_at,
    assigneeUserId: body.assignee_user_id,
  };
}
