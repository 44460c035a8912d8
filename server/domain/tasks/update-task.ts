import type { JsonObject } from "../../../shared/json.ts";
import type { TaskPriority, TaskStatus } from "../../../shared/task-words.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { requireMember } from "../accounts/require-member.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { getTask } from "./get-task.ts";
import { lockTask } from "./lock-task.ts";
import type { Task } from "./task.ts";
import { checkTaskFields } from "./task-fields.ts";
import { resolveSubject, type TaskSubject } from "./task-subject.ts";
import { writeTask } from "./write-task.ts";

/** Only what is given changes; null clears. */
export type TaskPatch = {
  contactId?: number | null;
  dealId?: number | null;
  leadId?: number | null;
  appointmentId?: number | null;
  title?: string;
  description?: string | null;
  taskType?: string;
  priority?: TaskPriority;
  status?: TaskStatus;
  dueAt?: string | null;
  assigneeUserId?: number | null;
  assignedName?: string | null;
  outcome?: string | null;
  metadata?: JsonObject;
};

type EditOptions = { ifVersion?: number };

export async function updateTask(ctx: Ctx, taskId: number, patch: TaskPatch, options: EditOptions = {}): Promise<Task> {
  checkTaskFields(patch);
  return ctx.transact(async (tx) => {
    const before = await lockTask(tx, taskId, options.ifVersion);
    return rewrite(tx, before, await patched(tx, before, patch));
  });
}

/** Sets the completion time once; a task that is done stays as it is. */
export async function completeTask(
  ctx: Ctx,
  taskId: number,
  options: EditOptions & { outcome?: string | null } = {},
): Promise<Task> {
  return ctx.transact(async (tx) => {
    const before = await lockTask(tx, taskId, options.ifVersion);
    if (before.status === "done") return before;
    const { outcome = before.outcome } = options;
    return rewrite(tx, before, { ...before, outcome, status: "done", completedAt: tx.now().toISOString() });
  });
}

async function patched(tx: TxCtx, task: Task, patch: TaskPatch): Promise<Task> {
  const { dueAt, ...fields } = withoutUndefined({ ...patch });
  const about = pickSubject({ ...task, ...fields });
  await requireMember(tx, "assigneeUserId", patch.assigneeUserId);
  const edited = {
    ...task,
    ...fields,
    ...(changedFields(pickSubject(task), about) ? await resolveSubject(tx, about) : {}),
  };
  return {
    ...edited,
    dueAt: dueAt === undefined ? task.dueAt : dueTime(dueAt),
    completedAt: completionTime(tx, task, edited.status),
  };
}

function pickSubject({ contactId, dealId, leadId, appointmentId }: TaskSubject): TaskSubject {
  return { contactId, dealId, leadId, appointmentId };
}

// Spelled as the database gives it back, so that an equal time is no change.
function dueTime(dueAt: string | null): string | null {
  return dueAt === null ? null : instantOf("dueAt", dueAt).replace(".000Z", "Z");
}

function completionTime(tx: TxCtx, task: Task, status: TaskStatus): string | null {
  if (status !== "done") return null;
  return task.status === "done" ? task.completedAt : tx.now().toISOString();
}

async function rewrite(tx: TxCtx, before: Task, after: Task): Promise<Task> {
  const change = changedFields(before, after);
  if (!change) return before;
  await writeTask(tx, after);
  const completes = before.status !== "done" && after.status === "done";
  await recordEvent(tx, {
    type: completes ? "task.completed" : "task.updated",
    subject: { kind: "task", id: before.id },
    contactId: after.contactId,
    ...change,
    data: { title: after.title },
  });
  return getTask(tx, before.id);
}
