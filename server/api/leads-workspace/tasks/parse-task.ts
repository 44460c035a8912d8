import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { resolveOwner } from "../../../domain/leads/resolve-owner.ts";
import type { TaskPatch } from "../../../domain/tasks/update-task.ts";
import { inWordsOf } from "../in-words-of.ts";
import { parseOwner } from "../leads/parse-lead.ts";
import type { TaskBody } from "./task-schemas.ts";
import { priorityOfWord, statusOfWord } from "./task-words.ts";

export async function parseTask(ctx: Ctx, body: Static<typeof TaskBody>): Promise<TaskPatch> {
  const names = { leadOwner: "assignedTo", ownerUserId: "assignedTo" };
  const assigned = await inWordsOf(names, async () => resolveOwner(ctx, parseOwner(body.assignedTo)));
  return withoutUndefined({
    title: body.title,
    description: body.description,
    status: body.status ? statusOfWord(body.status) : undefined,
    priority: body.priority ? priorityOfWord(body.priority) : undefined,
    dueAt: body.dueDate === "" ? null : body.dueDate,
    assigneeUserId: assigned?.ownerUserId,
    assignedName: assigned?.ownerName,
  });
}
