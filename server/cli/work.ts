import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { connect } from "../db/connect.ts";
import { StartupError } from "../db/startup-error.ts";
import { startInboundWorker } from "../jobs/inbound-worker.ts";
import { startQueue } from "../jobs/queue.ts";
import { quietQueueLogger } from "../jobs/quiet-queue-logger.ts";
import { ensureMigrated } from "./open-database.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

/** A worker alone. It needs a database that other processes can reach too. */
export async function work(config: Config, argv: string[]): Promise<void> {
  parseArgs({ args: argv, options: {} });
  if (config.databaseUrl === undefined) {
    throw new StartupError(
      "A separate worker needs DATABASE_URL: the embedded database belongs to one process (npm start has a worker).",
    );
  }
  const address = { url: config.databaseUrl };
  await ensureMigrated(address, () => {});
  const db = connect(address);
  const onError = (error: unknown) => console.error(error instanceof Error ? error.message : String(error));
  const inbound = startInboundWorker(db, { pollMs: 200, onError });
  const queue = await startQueue(db, quietQueueLogger);
  console.log("Rapport worker is running.");
  await untilAskedToStop(new Promise(() => {}));
  await Promise.all([inbound.stop(), queue.stop()]);
  await db.close();
}
