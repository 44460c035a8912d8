import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { connect } from "../db/connect.ts";
import type { DatabaseAddress, Db } from "../db/connection.ts";
import { runningEmbeddedPostgres } from "../db/embedded/running-embedded-postgres.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { migrate, migrationState } from "../db/migrate.ts";
import { StartupError } from "../db/startup-error.ts";

export type OpenDatabase = {
  address: DatabaseAddress;
  /** Ends when the embedded database is given up; never with an external one. */
  lost: Promise<string>;
  stop: () => Promise<void>;
};

/** The database of these settings: external, embedded and already served by a running Rapport, or embedded and started here. */
export async function openDatabase(
  config: Config,
  options: { shared: boolean; log: (line: string) => void },
): Promise<OpenDatabase> {
  const never = new Promise<string>(() => {});
  if (config.databaseUrl !== undefined)
    return { address: { url: config.databaseUrl }, lost: never, stop: async () => {} };
  const running = options.shared ? await runningEmbeddedPostgres(config.dataDir) : undefined;
  if (running) return { address: running, lost: never, stop: async () => {} };
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log: options.log });
  const lost = embedded.exited.then(({ asked, reason }) => (asked ? never : String(reason)));
  return { address: embedded.connection, lost, stop: () => embedded.stop() };
}

/** Migrates an empty database; refuses one that is behind the code, because an upgrade wants a backup first. */
export async function ensureMigrated(address: DatabaseAddress, log: (line: string) => void): Promise<void> {
  const state = await migrationState(address);
  if (state.pending.length === 0) return;
  if (state.applied > 0) {
    throw new StartupError(
      `The database is behind this version of Rapport by ${state.pending.length} migration(s): make a backup, then run: npm run -s rapport -- migrate`,
    );
  }
  await migrate(address, log);
}

/** For commands that only look: a mistyped folder must not become a new, empty and healthy database. */
export async function requireDatabase(config: Config): Promise<void> {
  if (config.databaseUrl !== undefined) return;
  const exists = await stat(join(config.dataDir, "postgres")).catch(() => undefined);
  if (!exists)
    throw new StartupError(`There is no Rapport database in ${config.dataDir}; set DATA_DIR to where it is.`);
}

/** Runs one piece of work on the database, beside a running server or alone. */
export async function withDatabase<Result>(config: Config, work: (db: Db) => Promise<Result>): Promise<Result> {
  const database = await openDatabase(config, { shared: true, log: () => {} });
  try {
    await ensureMigrated(database.address, () => {});
    const db = connect(database.address, { lanes: 1, poolSize: 4 });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await database.stop();
  }
}
