import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { superuser } from "./cluster.ts";
import { folderHolder } from "./folder-lock.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { isAlive } from "./process-state.ts";
import { socketPort } from "./socket-folder.ts";

/** The database of a Rapport that is serving this data folder, for commands run beside it; undefined when none is. */
export async function runningEmbeddedPostgres(
  dataDir: string,
): Promise<{ host: string; port: number; user: string; database: string } | undefined> {
  const folder = await realpath(resolve(dataDir)).catch(() => undefined);
  if (folder === undefined || (await folderHolder(folder)) === undefined) return undefined;
  const file = await readPostmasterFile(join(folder, "postgres", "cluster"));
  if (file?.status !== "ready" || !isAlive(file.pid)) return undefined;
  return { host: file.socket, port: socketPort, user: superuser, database: "postgres" };
}
