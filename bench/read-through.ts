import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads a filled folder once, as a server that has run for a day has: otherwise the first scenario that wants a table pays for the
 * disk (measured: visits of a person 162 a second instead of 4,700).
 */
export async function readThrough(dataDir: string): Promise<void> {
  const base = join(dataDir, "postgres", "cluster", "base");
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    // A table may be cut or removed meanwhile.
    const stream = createReadStream(join(entry.parentPath, entry.name), { highWaterMark: 1024 * 1024 });
    await stream.forEach(() => {}).catch(() => {});
  }
}
