import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import type { TaskPatch } from "../../../domain/tasks/update-task.ts";
import { customerIdIn, idOrNull, leadIdOrNull } from "../read-ids.ts";
import type { ActionBody } from "./action-schemas.ts";
import { statusOfWord, statusWord } from "./action-words.ts";

/** All but the status, which depends on what the action is. */
export async function parseAction(ctx: Ctx, body: Static<typeof ActionBody>): Promise<TaskPatch> {
  return withoutUndefined({
    contactId: body.customerId === undefined ? undefined : customerIdIn(body.customerId),
    taskType: body.actionType,
    title: body.title,
    description: body.description,
    priority: body.priority ?? undefined,
    dueAt: body.dueDate === "" ? null : body.dueDate,
    appointmentId: idOrNull(body.relatedAppointmentId, "appointment", "relatedAppointmentId"),
    leadId: await leadIdOrNull(ctx, body.relatedLeadId),
    assigneeUserId: idOrNull(body.assignedSalesId, "user", "assignedSalesId"),
    metadata: body.metadata,
  });
}

/** Every open state reads as `pending` here, so that word leaves an open action in the state that it is in. */
export async function statusOf(
  ctx: Ctx,
  taskId: number,
  { status: word }: Static<typeof ActionBody>,
): Promise<Pick<TaskPatch, "status">> {
  if (word === undefined || word === null) return {};
  if (word !== "pending") return { status: statusOfWord(word) };
  const { status } = await getTask(ctx, taskId);
  return statusWord(status) === "pending" ? {} : { status: statusOfWord(word) };
}
