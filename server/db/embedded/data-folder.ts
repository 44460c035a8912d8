import { constants } from "node:fs";
import { access, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { StartupError } from "../startup-error.ts";
import { errorCode, fileTrouble } from "./file-error.ts";

/** The data folder by its real path, made when it is missing; throws when it cannot be written. */
export async function openDataFolder(dataDir: string): Promise<string> {
  const wanted = resolve(dataDir);
  try {
    await checkParent(wanted);
    // Root's PostgreSQL runs as nobody and has to pass through; nobody else has to see more than that.
    await mkdir(wanted, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await access(wanted, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(wanted);
  } catch (error) {
    throw new StartupError(`Rapport cannot write to its data folder ${wanted}: ${fileTrouble(error)}.`);
  }
}

/** Node's recursive mkdir never ends below a folder like /proc, which exists and takes no folders; one plain attempt tells. */
async function checkParent(wanted: string): Promise<void> {
  let parent = dirname(wanted);
  while (!(await stat(parent).catch(absent))) parent = dirname(parent);
  const first = wanted.slice(parent.length).split("/").find(Boolean);
  if (first === undefined || (await stat(wanted).catch(absent))) return;
  await mkdir(join(parent, first), { mode: process.getuid?.() === 0 ? 0o711 : 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== "EEXIST") throw error;
  });
}

function absent(error: unknown): undefined {
  const code = errorCode(error);
  if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
}
