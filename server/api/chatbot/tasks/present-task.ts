import type { Task } from "../../../domain/tasks/task.ts";
import { presentMoney } from "../money.ts";
import { presentPhone } from "../phone-number.ts";
import { presentStatus } from "./task-status.ts";
import { presentType } from "./task-type.ts";

export function presentTask(task: Task, now: Date) {
  // Always an object: the document's clients read task.contact.name without asking.
  const contact = {
    name: task.contact?.name ?? null,
    company: task.contact?.company ?? null,
    phone_number: presentPhone(task.contact?.phone ?? null),
  };
  const deal = task.deal && { title: task.deal.title, value: presentMoney(task.deal.value), stage: task.deal.stage };
  return {
    id: `task_${task.id}`,
    contact_id: task.contactId === null ? null : `contact_${task.contactId}`,
    deal_id: task.dealId === null ? null : `deal_${task.dealId}`,
    title: task.title,
    description: task.description,
    task_type: presentType(task.taskType),
    priority: task.priority,
    status: presentStatus(task, now),
    due_date: task.dueAt,
    created_at: task.createdAt,
    contact,
    contacts: contact,
    deal,
    deals: deal,
  };
}
