import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Task, type TaskRow, taskColumns, taskOf, taskSource } from "./task.ts";
import { taskInReachSql } from "./task-in-reach.ts";

export async function getTask(ctx: Ctx, taskId: number): Promise<Task> {
  const row = await ctx.db.first(taskById({ companyId: ctx.companyId, taskId, ...reachArgs(ctx) }));
  if (!row) throw notFound("task", taskId);
  return taskOf(row);
}

/** What was once made under this key, deleted or not: a deleted one is not made again. */
export async function findTaskByOrigin(ctx: Ctx, originKey: string): Promise<Task | undefined> {
  const row = await ctx.db.first(taskByOrigin({ companyId: ctx.companyId, originKey, ...reachArgs(ctx) }));
  return row && taskOf(row);
}

const taskById = prepared<{ companyId: number; taskId: number } & ReachArgs>()(
  (_db, arg) => sql<TaskRow>`
    select ${taskColumns} from ${taskSource}
    where t.company_id = ${arg("companyId")}::bigint and t.id = ${arg("taskId")}::bigint and t.deleted_at is null
      and ${taskInReachSql(arg)}`,
);

const taskByOrigin = prepared<{ companyId: number; originKey: string } & ReachArgs>()(
  (_db, arg) => sql<TaskRow>`
    select ${taskColumns} from ${taskSource}
    where t.company_id = ${arg("companyId")}::bigint and t.origin_key = ${arg("originKey")}::text and ${taskInReachSql(arg)}`,
);
