import { type RawBuilder, sql } from "kysely";
import type { TaskPriority } from "../../../shared/task-words.ts";
import { prepared } from "../../db/prepared.ts";
import { searchCap, searchContacts } from "../contacts/search-contacts.ts";
import type { Ctx } from "../context.ts";
import { asksForHidden, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { foundByTrigramsSql, matchesAllSql, type TextPatterns, textPatterns } from "../text-patterns.ts";
import type { TaskQuery } from "./list-tasks.ts";
import { type Task, type TaskRow, taskColumns, taskOf, taskSource } from "./task.ts";
import { taskInReachSql } from "./task-in-reach.ts";
import { taskStandsSql } from "./task-stands.ts";

export type TaskSearch = Pick<TaskQuery, "contactId" | "status" | "priority" | "limit" | "offset"> & { query: string };

const nearbyTasks = 2_000;

/** Tasks that have the words in title or description, or whose person is found by them; in the order of the list without a search. */
export async function searchTasks(ctx: Ctx, search: TaskSearch): Promise<Task[]> {
  const { query, contactId = null, priority = null, status = "newest", limit, offset = 0 } = search;
  if (asksForHidden(ctx, query)) return [];
  const { longest, parts } = textPatterns(query);
  const people = (await searchContacts(ctx, { query, limit: searchCap })).items.map(({ id }) => id);
  const now = ctx.now().toISOString();
  const args = {
    companyId: ctx.companyId,
    contactId,
    priority,
    longest,
    parts,
    people,
    now,
    offset,
    limit,
    ...reachArgs(ctx),
  };
  // What many tasks have in common is near the beginning; only there can fewer than three letters be sought.
  const nearby = await ctx.db.slow.all(statements[status].nearby(args));
  if (nearby.length === limit || longest === null) return nearby.map(taskOf);
  // Without a name the plan is made for these words: for any words it would read the whole company.
  return (await ctx.db.slow.all({ ...statements[status].everywhere(args), name: "" })).map(taskOf);
}

type SearchArgs = TextPatterns &
  ReachArgs & {
    companyId: number;
    contactId: number | null;
    priority: TaskPriority | null;
    people: number[];
    now: string;
    offset: number;
    limit: number;
  };
type Argument = <Key extends keyof SearchArgs>(key: Key) => SearchArgs[Key];
type Fragment = RawBuilder<unknown>;

const isOpen = sql`t.status in ('backlog', 'todo', 'in_progress')`;
const byDueTime = sql`t.due_at, t.id`;
const newestFirst = sql`t.created_at desc, t.id desc`;
const byCompletion = sql`t.completed_at desc, t.id desc`;

const statements = {
  newest: inList(() => sql`true`, newestFirst),
  open: inList(() => isOpen, byDueTime),
  overdue: inList(
    (arg) => sql`(${isOpen} and t.due_at < ${arg("now")}::timestamptz or t.status = 'missed')`,
    byDueTime,
  ),
  done: inList(() => sql`t.status = 'done'`, byCompletion),
  cancelled: inList(() => sql`t.status = 'cancelled'`, newestFirst),
};

function inList(list: (arg: Argument) => Fragment, order: Fragment) {
  return { nearby: nearbyIn(list, order), everywhere: everywhereIn(list, order) };
}

function nearbyIn(list: (arg: Argument) => Fragment, order: Fragment) {
  return prepared<SearchArgs>()((_db, arg) => {
    const found = sql`
      select t.id, t.due_at, t.created_at, t.completed_at from (
        select ${searched} from tasks t
        where t.company_id = ${arg("companyId")}::bigint and t.deleted_at is null and ${list(arg)}
        order by ${order} limit ${sql.lit(nearbyTasks)}
      ) t
      where ${filters(arg)} and (t.contact_id = any(${arg("people")}::bigint[])
        or ${matchesAllSql(arg, sql`t.title`)} or ${matchesAllSql(arg, sql`t.description`)})`;
    return pageOfHits(arg, found, order);
  });
}

function everywhereIn(list: (arg: Argument) => Fragment, order: Fragment) {
  return prepared<SearchArgs>()((_db, arg) => {
    const hits = (match: Fragment) => sql`(
      select t.id, t.due_at, t.created_at, t.completed_at from tasks t
      where t.company_id = ${arg("companyId")}::bigint and t.deleted_at is null and ${list(arg)} and ${filters(arg)}
        and ${match} limit ${sql.lit(searchCap)})`;
    const ofPeople = hits(sql`t.contact_id = any(${arg("people")}::bigint[])`);
    const found = sql`${ofPeople} union ${hits(foundByTrigramsSql(arg, sql`t.title`))} union ${hits(foundByTrigramsSql(arg, sql`t.description`))}`;
    return pageOfHits(arg, found, order);
  });
}

const searched = sql`t.company_id, t.id, t.assignee_user_id, t.created_by, t.contact_id, t.priority, t.title, t.description, t.due_at, t.created_at, t.completed_at`;

function filters(arg: Argument): Fragment {
  return sql`(${arg("contactId")}::bigint is null or t.contact_id = ${arg("contactId")}::bigint)
    and (${arg("priority")}::text is null or t.priority = ${arg("priority")}::text) and ${taskStandsSql} and ${taskInReachSql(arg)}`;
}

function pageOfHits(arg: Argument, found: Fragment, order: Fragment): RawBuilder<TaskRow> {
  return sql<TaskRow>`
    with hits as materialized (${found}), page as materialized (
      select t.id from hits t order by ${order} limit ${arg("limit")}::int offset ${arg("offset")}::int
    )
    select ${taskColumns} from page join (${taskSource}) on t.company_id = ${arg("companyId")}::bigint and t.id = page.id
    order by ${order}`;
}
