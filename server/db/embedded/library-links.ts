import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import { errorCode } from "./file-error.ts";

/**
 * Makes the library links that the package's install script would make, since ours runs none. Safe to repeat and to run twice
 * at once. `unwritable` when the folder cannot be written and links are missing.
 */
export async function linkLibraries(native: string): Promise<"linked" | "unwritable"> {
  for (const { source, target } of await links(native)) {
    if (existsSync(target) || !existsSync(source)) continue;
    try {
      await symlink(relative(dirname(target), source) || basename(source), target);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EACCES" || code === "EROFS" || code === "EPERM") return "unwritable";
      if (code !== "EEXIST") throw error;
    }
  }
  return "linked";
}

/** The list's paths start at the package ("native/lib/…"); ours start at the native folder, so that they fit a copy too. */
async function links(native: string): Promise<{ source: string; target: string }[]> {
  const text = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  return listOf(JSON.parse(text)).flatMap((entry) => {
    const source = textOf(objectOf(entry)?.source);
    const target = textOf(objectOf(entry)?.target);
    return source && target ? [{ source: inNative(native, source), target: inNative(native, target) }] : [];
  });
}

function inNative(native: string, path: string): string {
  return join(native, path.replace(/^native\//, ""));
}
