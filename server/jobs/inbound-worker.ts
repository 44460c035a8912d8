import type { Db } from "../db/connection.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";
import { batchSize, processInbound } from "./process-inbound.ts";

export type InboundWorkerOptions = { pollMs: number; onError: (error: unknown) => void };

// While one batch waits for the database, the other one is read and thought through (measured on two cores, one at a time: 803
// bodies of known people a second, two: 1,164; a third gains 13 % and takes it from the requests). The lanes do not wait for each other:
// who opens leads holds the counter of their numbers until the commit, and meanwhile the other lane's next batch can be begun.
const lanes = 2;
/** So many batches a lane before somebody may stop the worker. */
const batchesALane = 4;

/** Applies stored webhook bodies as they come; a poll finds those that another process stored, or whose next attempt is due. */
export function startInboundWorker(db: Db, options: InboundWorkerOptions): WakefulLoop {
  const lane = async (batches: number): Promise<number> => {
    let taken = 0;
    for (let batch = 1; batch <= batches; batch += 1) {
      const count = await processInbound(db);
      taken += count;
      // A full batch says that more is waiting; for a few bodies a second look would be in vain.
      if (count < batchSize) break;
    }
    return taken;
  };
  let jammed = false;
  const work = async (): Promise<number> => {
    const results = await Promise.allSettled(
      jammed ? Array.from({ length: lanes }, () => lane(batchesALane)) : [lane(1)],
    );
    const taken = results.reduce((sum, result) => sum + (result.status === "fulfilled" ? result.value : 0), 0);
    jammed = taken >= batchSize;
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    return taken;
  };
  return startPollingWorker({ ...options, work });
}
