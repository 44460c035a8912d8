import type { Task } from "../../../domain/tasks/task.ts";
import { taskState } from "../../../domain/tasks/task-state.ts";
import { idText } from "../read-ids.ts";
import { actionTypeWord, statusWord } from "./action-words.ts";

export function presentAction(task: Task, now: Date) {
  return {
    id: idText(task.id),
    customerId: idText(task.contactId),
    customer:
      task.contactId === null || task.contact === null ? null : { id: idText(task.contactId), name: task.contact.name },
    actionType: actionTypeWord(task.taskType),
    title: task.title,
    description: task.description,
    status: statusWord(task.status),
    priority: task.priority,
    dueDate: task.dueAt,
    completedAt: task.completedAt,
    relatedAppointmentId: idText(task.appointmentId),
    relatedLeadId: idText(task.leadId),
    assignedSalesId: idText(task.assigneeUserId),
    metadata: task.metadata,
    ...timesOf(task, now),
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
  };
}

function timesOf(task: Task, now: Date) {
  const isOpen = statusWord(task.status) === "pending";
  const until = task.completedAt === null ? now.getTime() : Date.parse(task.completedAt);
  return {
    overdue: isOpen && taskState(task, now) === "overdue",
    dueInSeconds: isOpen && task.dueAt !== null ? seconds(Date.parse(task.dueAt) - now.getTime()) : null,
    ageSeconds: Math.max(0, seconds(until - Date.parse(task.createdAt))),
  };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
