import type { Db } from "../db/connection.ts";
import { importStep } from "../domain/imports/import-step.ts";
import { startLoop, type WakefulLoop } from "../domain/wakeful-loop.ts";

export type ImportWorkerOptions = { pollMs: number; onError: (error: unknown) => void };

/** Works through imports, batch by batch, as long as there are any; several processes take different ones. */
export function startImportWorker(db: Db, options: ImportWorkerOptions): WakefulLoop {
  return startLoop(async () => ((await importStep(db)) ? 0 : options.pollMs), options);
}
