import { constants, existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { InstalledBinaries } from "./installed-binaries.ts";
import { linkLibraries } from "./library-links.ts";

/** A copy of the binaries beside the data, made once per version; for a user who cannot reach or complete the installed ones. */
export async function copiedBinaries(installed: InstalledBinaries, home: string): Promise<string> {
  const copy = join(home, `binaries-${installed.version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await copyTree(installed.native, unfinished);
  await linkLibraries(unfinished);
  await rename(unfinished, copy);
  await removeOtherVersions(home, copy);
  return copy;
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  // Not left to the mode of mkdir: a umask of 077 would lock the dropped user out of folders that root made.
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    if (!entry.isFile() || entry.name.endsWith(".a")) continue;
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    await chmod(target, 0o755);
  }
}

async function removeOtherVersions(home: string, current: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith("binaries-") && name !== basename(current));
  await Promise.all(names.map((name) => rm(join(home, name), { recursive: true, force: true })));
}
