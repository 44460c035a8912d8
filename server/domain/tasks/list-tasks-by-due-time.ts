import { type RawBuilder, sql } from "kysely";
import type { TaskPriority, TaskStatus } from "../../../shared/task-words.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type ReachArgs, reachArgs } from "../reach/reach.ts";
import { matchesAllSql, textPatterns } from "../text-patterns.ts";
import { type Task, type TaskRow, taskColumns, taskOf, taskSource } from "./task.ts";
import { taskInReachSql } from "./task-in-reach.ts";
import { taskStandsSql } from "./task-stands.ts";

export type TaskDueQuery = {
  contactId?: number;
  assigneeUserId?: number;
  /** `open`: whatever is still to be done; `overdue`: what of it is late. */
  status?: TaskStatus | "open" | "overdue";
  priority?: TaskPriority;
  /** Any part of title, description or the person's name. */
  search?: string;
  limit: number;
  offset?: number;
};

/** Tasks of every state by their due time, those without one last. One more than the limit says that there are more. */
export async function listTasksByDueTime(ctx: Ctx, query: TaskDueQuery): Promise<Task[]> {
  const rows = await ctx.db.all(statements[ownerOf(query)][stateOf(query)].page(argsOf(ctx, query)));
  return rows.map(taskOf);
}

/** How many there are, up to 10,000. */
export async function countTasks(ctx: Ctx, query: TaskDueQuery): Promise<number> {
  const row = await ctx.db.first(statements[ownerOf(query)][stateOf(query)].count(argsOf(ctx, query)));
  return row?.count ?? 0;
}

type Args = ReachArgs & {
  companyId: number;
  contactId: number | null;
  assigneeUserId: number | null;
  status: string | null;
  priority: TaskPriority | null;
  parts: string[] | null;
  now: string;
  offset: number;
  count: number;
};

type Arg = <Key extends keyof Args>(key: Key) => Args[Key];
type Fragment = RawBuilder<unknown>;

const mostCounted = 10_000;

function argsOf(ctx: Ctx, query: TaskDueQuery): Args {
  const { contactId = null, assigneeUserId = null, status = null, priority = null, search, limit, offset = 0 } = query;
  const parts = search === undefined ? null : textPatterns(search).parts;
  const filter = { contactId, assigneeUserId, status, priority, parts };
  const now = ctx.now().toISOString();
  return { ...filter, companyId: ctx.companyId, now, offset, count: limit + 1, ...reachArgs(ctx) };
}

function ownerOf({ contactId, assigneeUserId }: TaskDueQuery) {
  if (contactId !== undefined) return "ofContact" as const;
  return assigneeUserId === undefined ? ("all" as const) : ("ofAssignee" as const);
}

function stateOf({ status }: TaskDueQuery) {
  if (status === undefined) return "any" as const;
  return status === "open" || status === "overdue" ? status : ("exact" as const);
}

const isOpen = sql`t.status in ('backlog', 'todo', 'in_progress')`;

// Every combination that has an index of its own is a statement of its own.
const statements = {
  all: states(() => sql`true`),
  ofContact: states((arg) => sql`t.contact_id = ${arg("contactId")}::bigint`),
  ofAssignee: states((arg) => sql`t.assignee_user_id = ${arg("assigneeUserId")}::bigint`),
};

function states(owner: (arg: Arg) => Fragment) {
  return {
    any: both(owner, () => sql`true`),
    open: both(owner, () => isOpen),
    overdue: both(owner, (arg) => sql`${isOpen} and t.due_at < ${arg("now")}::timestamptz`),
    exact: both(owner, (arg) => sql`t.status = ${arg("status")}::text`),
  };
}

function both(owner: (arg: Arg) => Fragment, state: (arg: Arg) => Fragment) {
  return { page: pageOfTasks(owner, state), count: numberOfTasks(owner, state) };
}

// A literal limit tells the planner how much a page is: without it, it takes every tenth task for one and reads them all.
const mostRows = 1_001;

function pageOfTasks(owner: (arg: Arg) => Fragment, state: (arg: Arg) => Fragment) {
  return prepared<Args>()((_db, arg) => {
    const stepped = sql`
      select t.id from tasks t where ${sought(arg, owner, state)}
      order by t.due_at, t.id limit ${arg("count")}::int offset ${arg("offset")}::int`;
    return sql<TaskRow>`
      select ${taskColumns} from (select id from (${stepped}) stepped limit ${sql.lit(mostRows)}) page
      join (${taskSource}) on t.company_id = ${arg("companyId")}::bigint and t.id = page.id
      order by t.due_at, t.id`;
  });
}

function numberOfTasks(owner: (arg: Arg) => Fragment, state: (arg: Arg) => Fragment) {
  return prepared<Args>()(
    (_db, arg) => sql<{ count: number }>`
      select count(*) as count from (
        select from tasks t where ${sought(arg, owner, state)} limit ${sql.lit(mostCounted)}
      ) found`,
  );
}

function sought(arg: Arg, owner: (arg: Arg) => Fragment, state: (arg: Arg) => Fragment): Fragment {
  return sql`t.company_id = ${arg("companyId")}::bigint and t.deleted_at is null and ${owner(arg)} and ${state(arg)}
    and (${arg("priority")}::text is null or t.priority = ${arg("priority")}::text)
    and (${arg("assigneeUserId")}::bigint is null or t.assignee_user_id = ${arg("assigneeUserId")}::bigint)
    and ${taskStandsSql} and ${taskInReachSql(arg)}
    and (${arg("parts")}::text[] is null or ${matchesAllSql(arg, sql`t.title`)}
      or ${matchesAllSql(arg, sql`t.description`)} or exists (select from contacts c
        where c.company_id = t.company_id and c.id = t.contact_id and ${matchesAllSql(arg, sql`c.name`)}))`;
}
