import { chmod, chown, lstat, mkdir, mkdtemp, readdir, realpath, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { StartupError } from "../startup-error.ts";
import { type Account, nameOf } from "./account.ts";
import { errorCode, fileTrouble } from "./file-error.ts";
import { isReachable } from "./reachable.ts";

export const fallbackRoot = "/var/lib/rapport";

/**
 * The folder of everything PostgreSQL owns: `<dataDir>/postgres`. When root's data folder lies below one that the dropped user
 * cannot pass (/root), it is a link to a folder below /var/lib/rapport: a mode of somebody's home is not ours to widen.
 */
export async function databaseHome(dataDir: string, account: Account): Promise<string> {
  const place = join(dataDir, "postgres");
  const home = (await existing(place)) ?? (await create(dataDir, place, account));
  const owner = await stat(home);
  if (account.kind === "own" && owner.uid !== account.uid) {
    throw new StartupError(
      `The database in ${home} belongs to user ${nameOf(owner.uid)}: start Rapport as that user or as root.`,
    );
  }
  if (account.kind === "dropped") await giveTo(home, account);
  if (await isReachable(home, account)) return home;
  throw new StartupError(
    `PostgreSQL runs as user ${account.name}, who cannot reach ${home}: move the data folder below one that every user may enter.`,
  );
}

async function existing(place: string): Promise<string | undefined> {
  try {
    await lstat(place);
    return await realpath(place);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const link = await lstat(place).catch(() => undefined);
  // Starting empty here would look as if everything had been lost.
  if (link)
    throw new StartupError(
      `The database that ${place} points to is gone: bring it back, or remove the link to start empty.`,
    );
  return undefined;
}

async function create(dataDir: string, place: string, account: Account): Promise<string> {
  if (await isReachable(dataDir, account)) {
    await mkdir(place, { mode: 0o700 });
    return place;
  }
  const home = await createElsewhere(dataDir, account);
  await symlink(home, place);
  return home;
}

async function createElsewhere(dataDir: string, account: Account): Promise<string> {
  try {
    await mkdir(fallbackRoot, { recursive: true, mode: 0o711 });
    // A name of its own each time: a data folder that was deleted and made anew must not meet its old database again.
    if (await isReachable(fallbackRoot, account)) return await mkdtemp(join(fallbackRoot, "database-"));
    throw new Error("not every user may enter it");
  } catch (error) {
    const trouble = error instanceof Error && !errorCode(error) ? error.message : fileTrouble(error);
    throw new StartupError(
      `PostgreSQL runs as user ${account.name}, who cannot reach ${dataDir}, and ${fallbackRoot} cannot be used instead (${trouble}): ` +
        "set DATA_DIR to a folder that every user may enter, or start Rapport as an ordinary user.",
    );
  }
}

/** Also after a restored backup, whose files belong to root. */
async function giveTo(home: string, account: Account): Promise<void> {
  const cluster = await stat(join(home, "cluster")).catch(() => undefined);
  if (cluster && cluster.uid !== account.uid) await chownTree(join(home, "cluster"), account);
  await chown(home, account.uid, account.gid);
  await chmod(home, 0o700);
}

async function chownTree(folder: string, account: Account): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  // Last, because its owner is what tells whether this was finished.
  await chown(folder, account.uid, account.gid);
}
