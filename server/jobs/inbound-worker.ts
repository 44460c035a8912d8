import type { Db } from "../db/connection.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";
import { batchSize, processInbound } from "./process-inbound.ts";

export type InboundWorkerOptions = { pollMs: number; onError: (error: unknown) => void };

// While one batch waits for the database, the other one is read and thought through (measured on two cores, one at a time: 803
// bodies of known people a second, two: 1,164; a third gains 13 % and takes it from the requests).
const atOnce = 2;

/** Applies stored webhook bodies as they come; a poll finds those that another process stored, or whose next attempt is due. */
export function startInboundWorker(db: Db, options: InboundWorkerOptions): WakefulLoop {
  let batches = 1;
  const work = async (): Promise<number> => {
    const results = await Promise.allSettled(Array.from({ length: batches }, () => processInbound(db)));
    const taken = results.map((result) => (result.status === "fulfilled" ? result.value : 0));
    // A full batch says that more is waiting; for a few bodies a second look would be in vain.
    batches = taken.includes(batchSize) ? atOnce : 1;
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    return taken.reduce((sum, count) => sum + count, 0);
  };
  return startPollingWorker({ ...options, work });
}
