import { randomBytes } from "node:crypto";
import { readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { StartupError } from "../startup-error.ts";
import { errorCode } from "./file-error.ts";
import { isAlive, startMark } from "./process-state.ts";

export type FolderLock = { release(): Promise<void> };

const lockName = "rapport.lock";

/**
 * Makes this process the only Rapport of the folder, or throws with the other's pid.
 *
 * A lock is a symbolic link whose target names its holder ("pid.start.nonce"): made in one step, never half-written.
 * Deleting a dead holder's lock would race with another who does the same, so a successor claims `rapport.lock.after-<nonce
 * of the dead>` instead, which only one can make. The lock belongs to the end of that chain, and is then folded back.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, lockName);
  const mine = `${process.pid}.${startMark(process.pid) ?? ""}.${randomBytes(6).toString("hex")}`;
  for (;;) {
    const end = await endOfChain(path);
    if (end.kind === "held")
      throw new StartupError(`Another Rapport (pid ${pidOf(end.holder)}) is already using ${folder}.`);
    if (!(await claim(end.place, mine))) continue;
    if (end.place === path) break;
    // Another may have folded the chain between our look and our claim; then the claim hangs on nothing.
    const now = await endOfChain(path);
    if (now.kind === "held" && now.holder === mine) {
      await fold(folder, path, mine);
      break;
    }
    await rm(end.place, { force: true });
  }
  return { release: () => rm(path, { force: true }) };
}

/** The pid of the live Rapport that uses the folder. */
export async function folderHolder(folder: string): Promise<number | undefined> {
  const end = await endOfChain(join(folder, lockName));
  return end.kind === "held" ? pidOf(end.holder) : undefined;
}

type ChainEnd = { kind: "held"; holder: string } | { kind: "free"; place: string };

async function endOfChain(path: string): Promise<ChainEnd> {
  let place = path;
  for (;;) {
    const holder = await holderAt(place);
    if (holder === undefined) return { kind: "free", place };
    if (holds(holder)) return { kind: "held", holder };
    place = `${path}.after-${holder.split(".")[2] ?? "unknown"}`;
  }
}

async function holderAt(place: string): Promise<string | undefined> {
  try {
    return await readlink(place);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function holds(holder: string): boolean {
  const pid = pidOf(holder);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  const recorded = holder.split(".")[1];
  const current = startMark(pid);
  return !recorded || !current || recorded === current;
}

function pidOf(holder: string): number {
  return Number(holder.split(".")[0]);
}

async function claim(place: string, identity: string): Promise<boolean> {
  try {
    await symlink(identity, place);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function fold(folder: string, path: string, mine: string): Promise<void> {
  const next = `${path}.${mine}`;
  await symlink(mine, next);
  await rename(next, path);
  const names = await readdir(folder);
  const claims = names.filter((name) => name.startsWith(`${lockName}.`));
  await Promise.all(claims.map((name) => rm(join(folder, name), { force: true })));
}
