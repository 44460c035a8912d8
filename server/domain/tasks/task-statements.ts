import { type RawBuilder, sql } from "kysely";
import type { TaskPriority } from "../../../shared/task-words.ts";
import { prepared } from "../../db/prepared.ts";
import type { ReachArgs } from "../reach/reach.ts";
import { type TaskRow, taskColumns, taskSource } from "./task.ts";
import { taskInReachSql } from "./task-in-reach.ts";
import { taskStandsSql } from "./task-stands.ts";

export type TaskListArgs = ReachArgs & {
  companyId: number;
  contactId: number | null;
  priority: TaskPriority | null;
  assigneeUserId: number | null;
  /** Where the range begins, in the order of its own list. */
  at: string | null;
  id: number;
  offset: number;
  count: number;
  now: string;
};

type Argument = <Key extends keyof TaskListArgs>(key: Key) => TaskListArgs[Key];
type Fragment = RawBuilder<unknown>;

const isOpen = sql`t.status in ('backlog', 'todo', 'in_progress')`;
const isMissed = sql`t.status = 'missed'`;
const dueOrNever = sql`coalesce(t.due_at, 'infinity'::timestamptz)`;
const byDueTime = sql`t.due_at, t.id`;
const newestFirst = sql`t.created_at desc, t.id desc`;

/** Each range of each list is a statement of its own, so that each runs along the index made for it. */
export const taskStatements = {
  newest: ranges((arg) => olderThan(arg, sql`t.created_at`), newestFirst),
  open: ranges(() => isOpen, byDueTime),
  openDated: ranges((arg) => sql`${isOpen} and ${dueAfter(arg)}`, byDueTime),
  // Ordered by due time although it is null in all: the planner does not see that "is null" leaves the index in order of ids.
  openUndated: ranges((arg) => sql`${isOpen} and t.due_at is null and t.id > ${arg("id")}::bigint`, byDueTime),
  overdue: {
    all: overdueList(() => sql`true`),
    ofContact: overdueList((arg) => sql`t.contact_id = ${arg("contactId")}::bigint`),
  },
  done: ranges(
    (arg) => sql`t.status = 'done' and ${olderThan(arg, sql`t.completed_at`)}`,
    sql`t.completed_at desc, t.id desc`,
  ),
  cancelled: ranges((arg) => sql`t.status = 'cancelled' and ${olderThan(arg, sql`t.created_at`)}`, newestFirst),
};

export type TaskShape = keyof typeof taskStatements;

function ranges(range: (arg: Argument) => Fragment, order: Fragment) {
  return {
    all: taskList(range, order),
    ofContact: taskList((arg) => sql`t.contact_id = ${arg("contactId")}::bigint and ${range(arg)}`, order),
  };
}

function taskList(range: (arg: Argument) => Fragment, order: Fragment) {
  return prepared<TaskListArgs>()(
    (_db, arg) => sql<TaskRow>`
      select ${taskColumns} from ${taskSource}
      where t.company_id = ${arg("companyId")}::bigint and t.deleted_at is null and ${range(arg)}
        and c.deleted_at is null and ${filters(arg)}
      order by ${order} limit ${arg("count")}::int offset ${arg("offset")}::int`,
  );
}

// Two ranges merged, because one condition over both would step through every open task.
function overdueList(filter: (arg: Argument) => Fragment) {
  return prepared<TaskListArgs>()((_db, arg) => {
    const range = (condition: Fragment, due: Fragment) => sql`(
      select t.id, ${due} as due from tasks t
      where t.company_id = ${arg("companyId")}::bigint and t.deleted_at is null and ${condition} and ${filter(arg)}
        and (${due}, t.id) > (${arg("at")}::timestamptz, ${arg("id")}::bigint) and ${taskStandsSql} and ${filters(arg)}
      order by ${due}, t.id limit ${arg("offset")}::int + ${arg("count")}::int)`;
    const late = range(sql`${isOpen} and t.due_at < ${arg("now")}::timestamptz`, sql`t.due_at`);
    return sql<TaskRow>`
      select ${taskColumns} from (
        select id, due from (${late} union all ${range(isMissed, dueOrNever)}) ranges
        order by due, id limit ${arg("count")}::int offset ${arg("offset")}::int
      ) h join (${taskSource}) on t.company_id = ${arg("companyId")}::bigint and t.id = h.id
      order by h.due, h.id`;
  });
}

function filters(arg: Argument): Fragment {
  return sql`(${arg("priority")}::text is null or t.priority = ${arg("priority")}::text)
    and (${arg("assigneeUserId")}::bigint is null or t.assignee_user_id = ${arg("assigneeUserId")}::bigint)
    and ${taskInReachSql(arg)}`;
}

function olderThan(arg: Argument, time: Fragment): Fragment {
  return sql`(${time}, t.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)`;
}

function dueAfter(arg: Argument): Fragment {
  return sql`(t.due_at, t.id) > (${arg("at")}::timestamptz, ${arg("id")}::bigint)`;
}
