import type { Db } from "../db/connection.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";
import { processInbound } from "./process-inbound.ts";

export type InboundWorkerOptions = { pollMs: number; onError: (error: unknown) => void };

/** Applies stored webhook bodies as they come; a poll finds those that another process stored, or whose next attempt is due. */
export function startInboundWorker(db: Db, options: InboundWorkerOptions): WakefulLoop {
  return startPollingWorker({ ...options, work: () => processInbound(db) });
}
