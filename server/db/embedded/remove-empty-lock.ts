import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** PostgreSQL makes the file and writes it within microseconds; a living server finds it empty and ends. */
const writtenWithinMs = 1_000;

/**
 * Removes a postmaster.pid that says nothing: PostgreSQL does not start beside it, and asks for a person instead. It is left by a server that
 * was killed between making the file and writing it; that one had no shared memory yet, which the file would have named.
 */
export async function removeEmptyLock(cluster: string): Promise<void> {
  const path = join(cluster, "postmaster.pid");
  if (!(await isEmpty(path))) return;
  await delay(writtenWithinMs);
  if (await isEmpty(path)) await rm(path, { force: true });
}

async function isEmpty(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.size === 0;
}
