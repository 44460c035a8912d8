import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getTask } from "./get-task.ts";
import { lockTask } from "./lock-task.ts";
import type { Task } from "./task.ts";

export async function deleteTask(ctx: Ctx, taskId: number, options: { ifVersion?: number } = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { title, status, contactId } = await lockTask(tx, taskId, options.ifVersion);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, taskId, now: tx.now().toISOString() }));
    const subject = { kind: "task", id: taskId } as const;
    await recordEvent(tx, { type: "task.deleted", subject, contactId, before: { title, status } });
  });
}

/** Brings a deleted task back; one that was not deleted stays as it is. */
export async function restoreTask(ctx: Ctx, taskId: number): Promise<Task> {
  return ctx.transact(async (tx) => {
    const restored = await tx.tx.first(markRestored({ companyId: tx.companyId, taskId, now: tx.now().toISOString() }));
    const task = await getTask(tx, taskId);
    const subject = { kind: "task", id: taskId } as const;
    if (restored) await recordEvent(tx, { type: "task.restored", subject, contactId: task.contactId });
    return task;
  });
}

type MarkArgs = { companyId: number; taskId: number; now: string };

const markDeleted = prepared<MarkArgs>()(
  (_db, arg) => sql<never>`
    update tasks set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("taskId")}::bigint`,
);

const markRestored = prepared<MarkArgs>()(
  (_db, arg) => sql<{ id: number }>`
    update tasks set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("taskId")}::bigint and deleted_at is not null
    returning id`,
);
