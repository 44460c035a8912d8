import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { connect } from "../db/connect.ts";
import { StartupError } from "../db/startup-error.ts";
import { startWorkers } from "../jobs/start-workers.ts";
import { loadSecrets } from "../secrets.ts";
import { ensureMigrated } from "./open-database.ts";
import { createReport } from "./report-trouble.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";
import { workerSettings } from "./worker-settings.ts";

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
  const secrets = await loadSecrets(config.dataDir);
  const workers = await startWorkers(db, workerSettings(config, secrets, createReport(db)));
  console.log("Rapport worker is running.");
  await untilAskedToStop(new Promise(() => {}));
  await workers.stop();
  await db.close();
}
