import { constants } from "node:fs";
import { access, mkdir, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { StartupError } from "../startup-error.ts";
import { fileTrouble } from "./file-error.ts";

/** The data folder by its real path, made when it is missing; throws when it cannot be written. */
export async function openDataFolder(dataDir: string): Promise<string> {
  const wanted = resolve(dataDir);
  try {
    // Root's PostgreSQL runs as nobody and has to pass through; nobody else has to see more than that.
    await mkdir(wanted, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await access(wanted, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(wanted);
  } catch (error) {
    throw new StartupError(`Rapport cannot write to its data folder ${wanted}: ${fileTrouble(error)}.`);
  }
}
