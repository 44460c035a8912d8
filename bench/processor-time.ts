import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Processor time since their start, in milliseconds; PostgreSQL's are all its processes, those that ended included. */
export type ProcessorTime = { node: number; postgres: number };

/** The kernel counts in hundredths of a second. */
const msATick = 10;

/** As the kernel says it now; the difference of two readings is what lay between them. */
export async function processorTime(nodePid: number, dataDir: string): Promise<ProcessorTime> {
  const lock = await readFile(join(dataDir, "postgres", "cluster", "postmaster.pid"), "utf8");
  const postmaster = Number(lock.split("\n", 1)[0]);
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const all = await Promise.all(pids.map(statOf));
  const ended = (await statOf(postmaster))?.msOfEnded ?? 0;
  const living = all.filter((stat) => stat?.parent === postmaster);
  return {
    node: (await statOf(nodePid))?.ms ?? 0,
    postgres: living.reduce((sum, stat) => sum + (stat?.ms ?? 0), ended),
  };
}

type Stat = { parent: number; ms: number; msOfEnded: number };

async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // "1234 (name with spaces) S 1 …": what follows the name is fields 3 and on; 14 and 15 are user and system time, 16 and 17 those of
  // children that ended.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = (field: number) => Number(fields?.[field - 3]);
  const stat = () => ({
    parent: ticks(4),
    ms: (ticks(14) + ticks(15)) * msATick,
    msOfEnded: (ticks(16) + ticks(17)) * msATick,
  });
  return fields && stat();
}
