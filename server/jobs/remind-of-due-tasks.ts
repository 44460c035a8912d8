import type { Db } from "../db/connection.ts";
import { remindDueTasks } from "../domain/tasks/remind-due-tasks.ts";
import { warnOfDueTasks } from "../domain/tasks/warn-of-due-tasks.ts";

const batch = 500;

/** Tells of tasks that fell due or soon will, until none is left. */
export async function remindOfDueTasks(db: Db): Promise<void> {
  while ((await remindDueTasks(db, new Date(), batch)) === batch);
  while ((await warnOfDueTasks(db, new Date(), batch)) === batch);
}
