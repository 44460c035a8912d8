import { readFile } from "node:fs/promises";
import { join } from "node:path";

export type PostmasterFile = { pid: number; socket: string; status: string };

/** What postmaster.pid says: its first line is the pid, the fifth the socket's folder, the eighth the state. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10));
  return Number.isInteger(pid) ? { pid, socket: lines[4] ?? "", status: lines[7] ?? "" } : undefined;
}
