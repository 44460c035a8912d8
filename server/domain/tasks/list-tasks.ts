import type { TaskPriority } from "../../../shared/task-words.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { reachArgs } from "../reach/reach.ts";
import { type Task, taskOf } from "./task.ts";
import { type TaskListArgs, type TaskShape, taskStatements } from "./task-statements.ts";

/** The last row's place in its list's own order; `at` is null among open tasks without a due time. */
export type TaskCursor = { at: string | null; id: number };

export type TaskQuery = {
  contactId?: number;
  status?: "open" | "done" | "overdue" | "cancelled";
  priority?: TaskPriority;
  assigneeUserId?: number;
  limit: number;
  /** Counts from the beginning; a cursor goes before it. */
  offset?: number;
  cursor?: TaskCursor;
};

/** Open and overdue tasks by due time, without one last; done ones by completion, newest first; others newest first. */
export async function listTasks(ctx: Ctx, query: TaskQuery): Promise<Page<Task, TaskCursor>> {
  const { limit } = query;
  const rows = await rowsOf(ctx, query, limit + 1);
  return pageOf(rows, limit, (task) => cursorOf(query, task));
}

async function rowsOf(ctx: Ctx, query: TaskQuery, count: number): Promise<Task[]> {
  const { cursor } = query;
  const list = listOf(query);
  switch (list) {
    case "overdue":
      return read(ctx, query, "overdue", { count, from: cursor ? lateFrom(cursor) : { at: "-infinity", id: 0 } });
    case "done":
    case "cancelled":
      return read(ctx, query, list, { count, from: cursor ?? { at: "infinity", id: Number.MAX_SAFE_INTEGER } });
    case "newest":
      return read(ctx, query, "newest", { count, from: cursor ?? { at: "infinity", id: Number.MAX_SAFE_INTEGER } });
    case "open":
      return cursor
        ? openAfter(ctx, query, cursor, count)
        : read(ctx, query, "open", { count, from: { at: null, id: 0 } });
  }
}

// A missed task without a due time comes last.
function lateFrom({ at, id }: TaskCursor): TaskCursor {
  return { at: at ?? "infinity", id };
}

// One comparison cannot run from dated rows into undated ones, so the end of a page may come from a second range.
async function openAfter(ctx: Ctx, query: TaskQuery, from: TaskCursor, count: number): Promise<Task[]> {
  if (from.at === null) return read(ctx, query, "openUndated", { count, from });
  const dated = await read(ctx, query, "openDated", { count, from });
  if (dated.length === count) return dated;
  const rest = { count: count - dated.length, from: { at: null, id: 0 } };
  return [...dated, ...(await read(ctx, query, "openUndated", rest))];
}

async function read(
  ctx: Ctx,
  query: TaskQuery,
  shape: TaskShape,
  range: { from: TaskCursor; count: number },
): Promise<Task[]> {
  const { contactId = null, priority = null, assigneeUserId = null } = query;
  const args: TaskListArgs = {
    companyId: ctx.companyId,
    ...{ contactId, priority, assigneeUserId },
    ...range.from,
    count: range.count,
    offset: query.cursor ? 0 : (query.offset ?? 0),
    now: ctx.now().toISOString(),
    ...reachArgs(ctx),
  };
  const statement = taskStatements[shape][contactId === null ? "all" : "ofContact"];
  return (await ctx.db.all(statement(args))).map(taskOf);
}

function listOf(query: TaskQuery): NonNullable<TaskQuery["status"]> | "newest" {
  return query.status ?? "newest";
}

function cursorOf(query: TaskQuery, task: Task): TaskCursor {
  switch (listOf(query)) {
    case "open":
    case "overdue":
      return { at: task.dueAt, id: task.id };
    case "done":
      return { at: task.completedAt, id: task.id };
    case "cancelled":
    case "newest":
      return { at: task.createdAt, id: task.id };
  }
}
