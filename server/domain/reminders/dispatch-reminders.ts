import type { Db, Queries } from "../../db/connection.ts";
import { createCtx, inTransaction } from "../context.ts";
import { claimReminder, claimReminders, type DueReminder, dueReminders, putOff } from "./claim-reminders.ts";
import { remindPeople } from "./remind-people.ts";
import { settleReminders } from "./settle-reminders.ts";

export type Dispatching = { now: Date; limit: number; onError: (error: unknown) => void };

/**
 * Sends the reminders that are due, over all companies: claimed, written into the outbox and settled in one transaction, so that a crash
 * leaves them due and two workers share them. Where a batch fails, its reminders are tried one by one, and what fails then
 * comes again later. Gives how many it took.
 */
export async function dispatchReminders(db: Db, { now, limit, onError }: Dispatching): Promise<number> {
  try {
    return await db.transaction(async (queries) => {
      const due = await claimReminders(queries, now, limit);
      for (const [companyId, reminders] of Map.groupBy(due, (each) => each.companyId))
        await dispatch(db, queries, { companyId, now, reminders });
      return due.length;
    });
  } catch (error) {
    onError(error);
    return dispatchOneByOne(db, { now, limit, onError });
  }
}

async function dispatchOneByOne(db: Db, { now, limit, onError }: Dispatching): Promise<number> {
  const due = await dueReminders(db, now, limit);
  for (const { companyId, id } of due) {
    try {
      await db.transaction(async (queries) => {
        const reminder = await claimReminder(queries, { companyId, id, now });
        if (reminder) await dispatch(db, queries, { companyId, now, reminders: [reminder] });
      });
    } catch (error) {
      onError(error);
      await db.transaction((queries) => putOff(queries, { companyId, id, now }));
    }
  }
  return due.length;
}

async function dispatch(
  db: Db,
  queries: Queries,
  due: { companyId: number; now: Date; reminders: DueReminder[] },
): Promise<void> {
  const { companyId, now, reminders } = due;
  const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now: () => now });
  const tx = inTransaction(ctx, queries);
  await settleReminders(tx, await remindPeople(tx, reminders));
}
