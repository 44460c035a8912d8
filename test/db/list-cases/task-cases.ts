import { listActivities } from "../../../server/domain/activities/list-activities.ts";
import { listTasks } from "../../../server/domain/tasks/list-tasks.ts";
import { searchTasks } from "../../../server/domain/tasks/search-tasks.ts";
import { type ListCase, page } from "./list-case.ts";

/** The lists of tasks and activities. */
export const taskCases: ListCase[] = [
  {
    name: "tasks found by the number in a person's name",
    read: (ctx) => searchTasks(ctx, { ...page, query: "4711" }),
    index: "tasks_text_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "open tasks found by a common word",
    read: (ctx) => searchTasks(ctx, { ...page, query: "follow", status: "open" }),
    index: "tasks_company_id_open_due_at_idx",
    mostRows: 2_000,
  },
  {
    name: "missed tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "overdue" }),
    index: "tasks_company_id_missed_idx",
  },
  { name: "all tasks", read: (ctx) => listTasks(ctx, page), index: "tasks_company_id_created_at_idx" },
  {
    name: "open tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "open" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "open tasks after a cursor",
    read: (ctx) => listTasks(ctx, { ...page, status: "open", cursor: { at: "2020-01-01T00:00:00Z", id: 1 } }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "open tasks without a due time",
    read: (ctx) => listTasks(ctx, { ...page, status: "open", cursor: { at: null, id: 1 } }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "overdue tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "overdue" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "done tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "done" }),
    index: "tasks_company_id_completed_at_idx",
  },
  {
    name: "cancelled tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "cancelled" }),
    index: "tasks_company_id_cancelled_idx",
  },
  {
    name: "urgent open tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "open", priority: "urgent" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "tasks of a person",
    read: (ctx, contactId) => listTasks(ctx, { ...page, contactId }),
    index: "tasks_company_id_contact_id_idx",
  },
  {
    name: "open tasks of a person",
    read: (ctx, contactId) => listTasks(ctx, { ...page, contactId, status: "open" }),
    index: "tasks_company_id_contact_id_idx",
  },
  { name: "all activities", read: (ctx) => listActivities(ctx, page), index: "activities_company_id_occurred_at_idx" },
  {
    name: "activities of a person",
    read: (ctx, contactId) => listActivities(ctx, { ...page, contactId }),
    index: "activities_company_id_contact_id_idx",
  },
];
