import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { requireVersion } from "../require-version.ts";
import { getTask } from "./get-task.ts";
import type { Task } from "./task.ts";

/** The task as it is, held until the transaction ends: two edits come one after the other. */
export async function lockTask(tx: TxCtx, taskId: number, ifVersion?: number): Promise<Task> {
  const row = await tx.tx.first(taskForUpdate({ companyId: tx.companyId, taskId }));
  if (!row) throw notFound("task", taskId);
  const task = await getTask(tx, taskId);
  requireVersion("task", task.version, ifVersion);
  return task;
}

const taskForUpdate = prepared<{ companyId: number; taskId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from tasks
    where company_id = ${arg("companyId")}::bigint and id = ${arg("taskId")}::bigint and deleted_at is null for update`,
);
