import { join } from "node:path";
import { StartupError } from "../startup-error.ts";
import { type Account, accountFor } from "./account.ts";
import { openCluster, superuser } from "./cluster.ts";
import { openDataFolder } from "./data-folder.ts";
import { databaseHome } from "./database-home.ts";
import { errorCode, fileTrouble } from "./file-error.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { openPostmaster, type PostmasterPlan } from "./postmaster.ts";
import { serverArguments } from "./server-arguments.ts";
import { socketFolder, socketPort } from "./socket-folder.ts";
import { type Supervised, supervise } from "./supervise.ts";
import { usableBinaries } from "./usable-binaries.ts";

export type EmbeddedPostgresOptions = {
  dataDir: string;
  log: (line: string) => void;
  /** PostgreSQL settings beyond our own. */
  settings?: Record<string, string>;
};

export type EmbeddedPostgres = Supervised & {
  connection: { host: string; port: number; user: string; database: string };
  /** Whether this start made the database. */
  created: boolean;
};

/**
 * Starts PostgreSQL on the data folder, or adopts the one that a killed Rapport left running, and starts it again whenever it
 * dies. Throws StartupError with one sentence for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await openDataFolder(options.dataDir);
  const locks: FolderLock[] = [];
  const release = async () => {
    for (const lock of locks.toReversed()) await lock.release();
  };
  try {
    locks.push(await lockFolder(dataDir));
    const account = accountFor(join(dataDir, "postgres"));
    const home = await databaseHome(dataDir, account);
    // A copied data folder may point to the same database outside of it.
    if (home !== join(dataDir, "postgres")) locks.push(await lockFolder(home));
    const { plan, created } = await preparePlan(home, account, options);
    const supervised = supervise(plan, await openPostmaster(plan), release);
    const connection = { host: plan.socket, port: socketPort, user: superuser, database: "postgres" };
    // Assigned onto it, not spread: its pid is a getter.
    return Object.assign(supervised, { created, connection });
  } catch (error) {
    await release();
    if (errorCode(error) === undefined) throw error;
    throw new StartupError(`The database in ${dataDir} could not be started: ${fileTrouble(error)}.`);
  }
}

async function preparePlan(
  home: string,
  account: Account,
  options: EmbeddedPostgresOptions,
): Promise<{ plan: PostmasterPlan; created: boolean }> {
  const binaries = await usableBinaries(home, account);
  const { folder: cluster, created } = await openCluster(home, binaries, account);
  if (created) options.log(`The database was created in ${home}.`);
  const socket = await socketFolder(home, account);
  const { version } = binaries;
  const args = serverArguments({ cluster, socket, version, ...(options.settings && { settings: options.settings }) });
  return { plan: { binary: binaries.postgres, args, cluster, socket, home, account, log: options.log }, created };
}
