import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { StartupError } from "../startup-error.ts";
import { type Account, identityOf } from "./account.ts";
import { errorCode, fileTrouble } from "./file-error.ts";
import { lastComplaint } from "./last-complaint.ts";
import type { UsableBinaries } from "./usable-binaries.ts";

export const superuser = "rapport";

/**
 * The cluster's folder, made on the first start. initdb works in a folder of its own name and is moved into place when it has
 * finished: whatever is called `cluster` is whole, and an initdb that outlived a killed Rapport cannot meddle with the next one's.
 */
export async function openCluster(
  home: string,
  binaries: UsableBinaries,
  account: Account,
): Promise<{ folder: string; created: boolean }> {
  const folder = join(home, "cluster");
  const held = await majorVersionOf(folder);
  const ours = binaries.version.split(".")[0];
  if (held !== undefined && held !== ours) {
    throw new StartupError(
      `${folder} was written by PostgreSQL ${held} and this Rapport brings PostgreSQL ${ours}: move it with the Rapport that wrote it.`,
    );
  }
  await removeUnfinished(home);
  if (held !== undefined) {
    // PostgreSQL refuses a folder that others may read, as a restored backup often is.
    await chmod(folder, 0o700);
    return { folder, created: false };
  }
  await create(home, folder, binaries, account);
  return { folder, created: true };
}

async function majorVersionOf(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0)
    throw new StartupError(
      `${folder} is not a whole PostgreSQL database: restore it from a backup, or move it away to start empty.`,
    );
  return undefined;
}

async function create(home: string, folder: string, binaries: UsableBinaries, account: Account): Promise<void> {
  const unfinished = join(home, `unfinished-${randomBytes(4).toString("hex")}`);
  // Locale C would make pg_trgm ignore Cyrillic, Arabic and accents.
  const locale = [
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-ctype=C.UTF-8",
    "--lc-collate=C",
    "--lc-messages=C",
  ];
  const access = [`--username=${superuser}`, "--auth-local=trust", "--auth-host=reject"];
  try {
    await promisify(execFile)(
      binaries.initdb,
      ["-D", unfinished, "-E", "UTF8", ...locale, ...access, "--no-instructions"],
      {
        ...identityOf(account),
        cwd: home,
        env: {},
      },
    );
  } catch (error) {
    await removeUnfinished(home);
    const reason = lastComplaint(String(error)) ?? fileTrouble(error);
    throw new StartupError(`PostgreSQL could not create its database in ${folder}: ${reason}.`);
  }
  await rename(unfinished, folder);
}

/** Leftovers of killed first starts. One that an initdb still writes to may resist; the next start removes it. */
async function removeUnfinished(home: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith("unfinished-"));
  await Promise.all(names.map((name) => rm(join(home, name), { recursive: true, force: true }).catch(() => {})));
}
