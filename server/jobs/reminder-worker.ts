import type { Db } from "../db/connection.ts";
import { followNextAnswer } from "../domain/reminders/answers/follow-answers.ts";
import { dispatchReminders } from "../domain/reminders/dispatch-reminders.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";

/** Larger batches hold their rows longer and are no faster (measured: bench/README.md). */
const batch = 500;

export type ReminderWorkerOptions = { pollMs: number; onError: (error: unknown) => void; now?: () => Date };

/** Sends reminders of visits as they fall due, and follows what people answer to them. */
export function startReminderWorker(
  db: Db,
  { pollMs, onError, now = () => new Date() }: ReminderWorkerOptions,
): WakefulLoop {
  const work = async () => {
    const followed = await followNextAnswer(db, { now: now(), onError });
    return followed + (await dispatchReminders(db, { now: now(), limit: batch, onError }));
  };
  return startPollingWorker({ work, pollMs, onError });
}
